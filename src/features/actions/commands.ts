import * as vscode from 'vscode';
import type { ActionRunner } from './actionRunner';
import { isBatchVerb } from '../../ui/commands/rowScopes';
import type { Action, Verb } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import type { Handler } from '../../ui/commands/register';
import { kindsThat } from '../../shared/kinds';
import { offering, type Offering } from '../../ui/commands/offering';
import { oneAtATime, type ResourceItem, type Targets } from '../../ui/commands/targets';
import { showInformation } from '../../ui/messages';
import { showQuickPick } from '../../ui/quickInput';
import { draftScheme } from '../../shared/contributions';

/** The kinds that something may be done to. */
const ACTION_KINDS = [...kindsThat('hasId'), ...(['account', 'group'] as const)];

/** What the commands of actions work with. */
export interface ActContext {
  readonly performer: ActionRunner;
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

/**
 * Does what the verb says to the given resources that offer it, or to the user's choice. A verb that is for one at a time
 * has the user choose among several.
 */
function act(verb: Verb, context: ActContext): Handler {
  return async (path, paths) => {
    const given = context.targets.among(ACTION_KINDS, path, paths);
    // The title of the view hands over the focused row, which need not be what the verb is about.
    const able = (await offeringVerb(given, verb, context.performer)).map(({ resource }) => resource);
    if (isBatchVerb(verb) && given.length > 1 && able.length > 0) {
      await context.performer.startSeveral(given, verb);
      return;
    }
    const resource = able.length === 1 ? able[0] : await choose(verb, context, able);
    if (!resource) return;
    const offers = await offered(resource, verb, context.performer);
    const action = offers.length > 1 ? await chooseAction(offers) : offers[0];
    if (action) await context.performer.start(resource, action);
  };
}

function offeringVerb(
  resources: Iterable<Resource>,
  verb: Verb,
  performer: ActionRunner,
): Promise<readonly Offering[]> {
  return offering(resources, (resource) => offered(resource, verb, performer));
}

async function offered(resource: Resource, verb: Verb, performer: ActionRunner): Promise<readonly Action[]> {
  return (await performer.offered(resource)).filter((action) => action.verb === verb);
}

async function chooseAction(offers: readonly Action[]): Promise<Action | undefined> {
  const items = offers.map((action) => ({ label: action.title, action }));
  return (await showQuickPick(items, {}))?.action;
}

/**
 * The user's choice among resources that offer the verb: those with something in its way last.
 * @param able the selected ones; empty for all that are loaded.
 */
async function choose(
  verb: Verb,
  { performer, targets, store }: ActContext,
  able: readonly Resource[],
): Promise<Resource | undefined> {
  const candidates = await offeringVerb(able.length > 0 ? able : store.loaded(), verb, performer);
  const items = candidates
    .map(({ resource, offers }) => toCandidate(targets.item(resource), offers))
    .toSorted((a, b) => Number(a.blocked) - Number(b.blocked));
  if (items.length === 0) {
    tell(vscode.l10n.t('No row in the tree currently offers this action.'));
    return undefined;
  }
  const [only, another] = items;
  const title = able.length > 0 ? { title: oneAtATime(able.length) } : {};
  const options = { ...title, matchOnDescription: true, matchOnDetail: true };
  const chosen = only && !another ? only : await showQuickPick(items, options);
  return chosen && store.get(chosen.path);
}

/** The entry of a resource, which says where every offer has something in its way. */
function toCandidate(
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

/** Sends the document of an action: the one whose title was clicked, else the one of the active editor. */
export function sendDraft(performer: Pick<ActionRunner, 'send'>): Handler {
  return async (clicked) => {
    const uri = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme === draftScheme) await performer.send(uri);
  };
}

/** Sends what a comparison shows: that whose button was clicked, else the one in the active editor. */
export function sendReviewed(performer: Pick<ActionRunner, 'answerReview'>): Handler {
  return (clicked) => performer.answerReview(true, clicked instanceof vscode.Uri ? clicked : undefined);
}

/** Goes back to the document of a comparison: that whose button was clicked, else the one in the active editor. */
export function keepEditing(performer: Pick<ActionRunner, 'answerReview'>): Handler {
  return (clicked) => performer.answerReview(false, clicked instanceof vscode.Uri ? clicked : undefined);
}
