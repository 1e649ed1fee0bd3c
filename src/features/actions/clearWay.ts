import * as vscode from 'vscode';
import { expectAbort } from '../../core/base/abort';
import type { Action, Obstacle } from '../../core/services/contract/action';
import type { Account } from '../../core/services/contract/signIn';
import { plainText } from '../../shared/plainText';
import { ask, showWarning, withProgress } from '../../ui/messages';
import { verbPhrase } from './confirmAction';
import { untilFree, type OfferSource, type Offer } from './untilFree';

/** An action with an obstacle, and how to remove it. */
export interface Blocked extends Offer {
  readonly obstacle: Obstacle;
  readonly account: Account;
  /** The display name of the service. */
  readonly service: string;
  /** The action that removes the obstacle, if it is offered now. */
  readonly first: Action | undefined;
  readonly look: OfferSource;
  /** Runs that action. For a production account, asks for confirmation again. @throws HttpError */
  readonly clear: (first: Action) => Promise<void>;
}

/**
 * Tells the user about the obstacle of an action. If another action removes it, asks for confirmation, runs
 * that action, and waits until the obstacle is gone.
 * @returns undefined if the user canceled or the obstacle cannot be removed.
 * @throws HttpError with the service's refusal.
 */
export async function clearWay(blocked: Blocked): Promise<Offer | undefined> {
  const { action, resource, obstacle, first, look, clear } = blocked;
  const name = plainText(resource.label);
  if (!first) {
    const title = verbPhrase(action);
    void showWarning(vscode.l10n.t('{0}: Not available for "{1}". {2}', title, name, obstacle.reason));
    return undefined;
  }
  if (!(await agrees(blocked, first))) return undefined;
  await clear(first);
  const now = await look.offer();
  if (!now?.action.obstacle) return now;
  const title = vscode.l10n.t('{0}: Waiting for "{1}"…', verbPhrase(action), name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return withProgress(options, (signal) => untilFree(look, signal)).catch((error: unknown) => {
    expectAbort(error);
    return undefined;
  });
}

async function agrees({ resource, obstacle, account, service }: Blocked, first: Action): Promise<boolean> {
  const button = vscode.l10n.t('{0} and Continue', verbPhrase(first));
  const production = account.production ? ` – ${vscode.l10n.t('Production')}` : '';
  const detail = `${plainText(resource.label)}\n${service} (${account.name}${production})`;
  return (await ask({ message: obstacle.reason, detail, buttons: [button] })) === button;
}
