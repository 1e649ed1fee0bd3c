import * as vscode from 'vscode';
import { HttpError, type AccountTerms } from '../../core/http/errors';
import { ask } from '../../ui/messages';
import { getName, verbPhrase, type ActionRequest } from './confirmAction';

/** What is known about an action whose answer was lost. */
export interface Findings {
  /** True if the resource to create exists; undefined if the action creates none. */
  readonly isThere: boolean | undefined;
}

/** Actions whose answers were lost. They may have been done, so repeating them needs confirmation. */
export class LostAnswers {
  readonly #open = new Set<string>();

  /** Records a lost answer. @returns the error to show. */
  note(request: ActionRequest, error: HttpError, { isThere }: Findings): HttpError {
    this.#open.add(getKey(request));
    const name = getName(request);
    const lost = vscode.l10n.t('{0}: The response for "{1}" was lost.', verbPhrase(request.action), name);
    const message = `${lost} ${error.message}`;
    const found =
      isThere === undefined
        ? vscode.l10n.t('Check the tree for the current state.')
        : isThere
          ? vscode.l10n.t('"{0}" is now in the tree. Check it before you send again.', name)
          : vscode.l10n.t('"{0}" is not in the tree. You will be asked before it is sent again.', name);
    const { kind, status, code, requestId, account } = error;
    return new HttpError(kind, message, {
      status,
      code,
      requestId,
      account: account ?? getAccount(request),
      advice: found,
      hasUnknownOutcome: true,
      cause: error,
    });
  }

  /** Records that an action was answered. */
  settle(request: ActionRequest): void {
    this.#open.delete(getKey(request));
  }

  /** True if the last answer to an action was lost. */
  has(request: ActionRequest): boolean {
    return this.#open.has(getKey(request));
  }

  /** Asks for confirmation to repeat an action whose last answer was lost. @returns true to run it. */
  async agree(request: ActionRequest): Promise<boolean> {
    if (!this.has(request)) return true;
    const again = vscode.l10n.t('Send Again');
    const message = vscode.l10n.t(
      '{0}: The response for "{1}" was lost, so it may already have succeeded. Send again?',
      verbPhrase(request.action),
      getName(request),
    );
    return (await ask({ message, buttons: [again] })) === again;
  }
}

/** For an error without an account: that of a session that was closed. */
function getAccount({ account, service }: ActionRequest): AccountTerms {
  return { name: account.name, service, secrets: [], addresses: [], hasPages: false };
}

function getKey({ action, resource, creates }: ActionRequest): string {
  return JSON.stringify([resource.path, action.id, creates?.label]);
}
