import * as vscode from 'vscode';
import type { Performer } from '../actions/performer';
import type { Action, Resource, Verb } from '../services/service';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { actable } from './kinds';
import type { ResourceItem, Targets } from './targets';
import { showInformation } from '../ui/messages';
import { showQuickPick } from '../ui/quickInput';

/** What the commands of actions work with. */
export interface ActContext {
  readonly performer: Performer;
  readonly targets: Targets;
  readonly store: Store;
}

/** A handler for the command of each verb. */
export function actHandlers(context: ActContext): Readonly<Record<Verb, Handler>> {
  return {
    create: act('create', context),
    edit: act('edit', context),
    duplicate: act('duplicate', context),
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

/** Does what the verb says to a resource that offers it: the given one, or the user's choice. */
function act(verb: Verb, context: ActContext): Handler {
  return async (path) => {
    const [given] = context.targets.given(actable, path, undefined);
    // The title of the view hands over the focused row, which need not be what the verb is about.
    const able = given && (await offered(given, verb, context.performer)).length > 0;
    const resource = able ? given : await choose(verb, context);
    if (!resource) return;
    const offers = await offered(resource, verb, context.performer);
    const action = offers.length > 1 ? await chooseAction(offers) : offers[0];
    if (action) await context.performer.begin(resource, action);
  };
}

async function offered(resource: Resource, verb: Verb, performer: Performer): Promise<readonly Action[]> {
  return (await performer.offered(resource)).filter((action) => action.verb === verb);
}

async function chooseAction(offers: readonly Action[]): Promise<Action | undefined> {
  const items = offers.map((action) => ({ label: action.title, action }));
  return (await showQuickPick(items, {}))?.action;
}

/** The user's choice among all loaded resources that offer the verb: those with something in its way last. */
async function choose(verb: Verb, { performer, targets, store }: ActContext): Promise<Resource | undefined> {
  const candidates = await Promise.all(
    [...store.loaded()].map(async (resource) => {
      const offers = await offered(resource, verb, performer);
      return offers.length > 0 ? [candidateOf(targets.item(resource), offers)] : [];
    }),
  );
  const items = candidates.flat().toSorted((a, b) => Number(a.blocked) - Number(b.blocked));
  if (items.length === 0) {
    tell(vscode.l10n.t('Nothing that is shown in the tree offers this now.'));
    return undefined;
  }
  const [only, another] = items;
  const chosen =
    only && !another ? only : await showQuickPick(items, { matchOnDescription: true, matchOnDetail: true });
  return chosen && store.get(chosen.path);
}

/** The entry of a resource, which says where every offer has something in its way. */
function candidateOf(
  item: ResourceItem,
  offers: readonly Action[],
): ResourceItem & { readonly blocked: boolean } {
  const obstacles = offers.map(({ obstacle }) => obstacle);
  const blocked = obstacles.every((obstacle) => obstacle !== undefined);
  const detail = [blocked && obstacles[0]?.reason, item.detail].filter(Boolean).join(' · ');
  return { ...item, detail, blocked };
}

function tell(text: string): void {
  void showInformation(text);
}
