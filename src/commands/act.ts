import * as vscode from 'vscode';
import type { Performer } from '../actions/performer';
import type { actionCommands } from '../manifest';
import type { Action, Resource } from '../services/service';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { actable } from './kinds';
import type { Targets } from './targets';

/** What the commands of actions work with. */
export interface ActContext {
  readonly performer: Performer;
  readonly targets: Targets;
  readonly store: Store;
}

/** A handler for the command of each action. */
export function actHandlers(context: ActContext): Readonly<Record<keyof typeof actionCommands, Handler>> {
  return {
    create: act('create', context),
    edit: act('edit', context),
    delete: act('delete', context),
    activate: act('activate', context),
    deactivate: act('deactivate', context),
    validate: act('validate', context),
    sync: act('sync', context),
    start: act('start', context),
    enable: act('enable', context),
    disable: act('disable', context),
    link: act('link', context),
    unlink: act('unlink', context),
    cancel: act('cancel', context),
  };
}

/** Does the action of that id to a resource that offers it: the given one, or the user's choice. */
function act(actionId: string, { performer, targets, store }: ActContext): Handler {
  return async (path) => {
    const [given] = targets.given(actable, path, undefined);
    const resource = given ?? (await choose(actionId, { performer, targets, store }));
    if (!resource) return;
    const action = await offered(resource, actionId, performer);
    if (action) await performer.begin(resource, action);
    else
      void vscode.window.showWarningMessage(vscode.l10n.t('"{0}" does not offer this now.', resource.label));
  };
}

async function offered(
  resource: Resource,
  actionId: string,
  performer: Performer,
): Promise<Action | undefined> {
  return (await performer.offered(resource)).find(({ id }) => id === actionId);
}

async function choose(
  actionId: string,
  { performer, targets, store }: ActContext,
): Promise<Resource | undefined> {
  const offers = await Promise.all(
    [...store.loaded()].map(async (resource) =>
      (await offered(resource, actionId, performer)) ? [resource] : [],
    ),
  );
  const items = offers.flat().map((resource) => targets.item(resource));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing that is shown in the tree offers this now.'),
    );
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, { matchOnDescription: true, matchOnDetail: true });
  return chosen && store.get(chosen.path);
}
