import * as vscode from 'vscode';
import type { ActionRunner } from './actionRunner';
import { type BatchVerb, isBatchVerb } from '../../ui/commands/batchTexts';
import type { Action, Verb } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import type { Command, CommandTable, Handler } from '../../ui/commands/commandTable';
import { kindsThat } from '../../shared/kinds';
import { offering, type Offering } from '../../ui/commands/loadedItems';
import { nameOrId, oneAtATime, type ResourceItem, type Targets } from '../../ui/commands/targets';
import { showInformation } from '../../ui/messages';
import { showGroupedQuickPick, showQuickPick } from '../../ui/quickInput';
import { getName } from '../../ui/text';
import { draftScheme } from '../../shared/identifiers';

/** The kinds of resources that may offer actions. */
const ACTION_KINDS = [...kindsThat('hasId'), ...(['account', 'group'] as const)];

interface ActionCommandContext {
  readonly runner: ActionRunner;
  readonly targets: Targets;
  readonly store: Store;
}

/** Commands that change something at a service. */
export const actionCommands = {
  /** Starts a document for a new connection. */
  create: { rows: 'one', inTitleBar: true, handler: create },
  /** Adobe CJA: starts a document for a new data view of a connection. */
  createDataView: oneRow('createDataView'),
  /** Opens the editable part of a connection, data object or data view as a document. */
  edit: oneRow('edit'),
  /** Adobe CJA: asks for confirmation, then copies a data view and shows the name of the copy. */
  duplicate: allRows('duplicate'),
  /** Asks for the name, then deletes a connection, data object or data view. */
  delete: oneRow('delete'),
  /** Immuta: activates an inactive connection. */
  activate: allRows('activate'),
  /** Immuta: asks for confirmation, then deactivates an active connection. */
  deactivate: allRows('deactivate'),
  /** Immuta: checks a connection and reports the health of each component. */
  validate: allRows('validate'),
  /** Immuta: starts a task that reads the data objects again, and follows it. */
  sync: allRows('sync'),
  /** Krenalis: starts a run of a pipeline, and follows it. */
  start: allRows('start'),
  /** Krenalis: asks for confirmation, then enables a pipeline. */
  enable: allRows('enable'),
  /** Krenalis: asks for confirmation, then disables a pipeline. */
  disable: allRows('disable'),
  /** Krenalis: asks for a connection, and sends the events of the source to the destination. */
  link: oneRow('link'),
  /** Krenalis: asks which link to remove. */
  unlink: oneRow('unlink'),
  /** Immuta: asks for confirmation, then stops a run and follows it until it ends. */
  cancel: allRows('cancel'),
  /** Shows what the document changes. Nothing is sent yet. */
  sendDraft: { rows: 'none', handler: sendDraft },
  /** Sends what the comparison shows. On a production account, asks for a name first. */
  sendReviewed: { rows: 'none', handler: sendReviewed },
  /** Returns from the comparison to the document. */
  keepEditing: { rows: 'none', handler: keepEditing },
} satisfies CommandTable<ActionCommandContext> & Readonly<Record<Verb, unknown>>;

/** A verb that opens a document, or asks for a value or a name, and so acts on one row at a time. */
function oneRow(verb: Exclude<Verb, BatchVerb>): Command<ActionCommandContext> {
  return { rows: 'one', handler: (context) => act(verb, context) };
}

function allRows(verb: BatchVerb): Command<ActionCommandContext> {
  return { rows: 'several', handler: (context) => act(verb, context) };
}

/** Creates a data view if nothing else can be created, as shortcuts of earlier versions expect. */
function create(context: ActionCommandContext): Handler {
  const [connection, dataView] = [act('create', context), act('createDataView', context)];
  return async (path, paths) => {
    const { named } = await context.targets.atHand(ACTION_KINDS, path, paths);
    const offers = await offeringVerb(named, 'createDataView', context.runner);
    await (offers.length > 0 ? dataView : connection)(path, paths);
  };
}

/**
 * Runs the verb on the given resources that offer it, else on one that the user selects. For a verb that acts
 * on one row at a time, the user selects one of several.
 */
function act(verb: Verb, context: ActionCommandContext): Handler {
  return async (path, paths) => {
    const { named, focused } = await context.targets.atHand(ACTION_KINDS, path, paths);
    // The title bar of the view passes the focused row, which may not offer the verb.
    const able = (await offeringVerb(named, verb, context.runner)).map(({ resource }) => resource);
    if (isBatchVerb(verb) && named.length > 1 && able.length > 0) {
      await context.runner.startSeveral(named, verb);
      return;
    }
    const resource = able.length === 1 ? able[0] : await choose(verb, context, { able, focused });
    if (!resource) return;
    const offers = await offered(resource, verb, context.runner);
    const action = offers.length > 1 ? await chooseAction(resource, offers) : offers[0];
    if (action) await context.runner.start(resource, action);
  };
}

function offeringVerb(
  resources: Iterable<Resource>,
  verb: Verb,
  runner: ActionRunner,
): Promise<readonly Offering[]> {
  return offering(resources, (resource) => offered(resource, verb, runner));
}

async function offered(resource: Resource, verb: Verb, runner: ActionRunner): Promise<readonly Action[]> {
  return (await runner.offered(resource)).filter((action) => action.verb === verb);
}

async function chooseAction(resource: Resource, offers: readonly Action[]): Promise<Action | undefined> {
  const items = offers.map((action) => ({ label: action.title, action }));
  const placeHolder = vscode.l10n.t('Select an action');
  return (await showQuickPick(items, { title: getName(resource), placeHolder }))?.action;
}

/**
 * The user's choice among resources that offer the verb: where the keyboard is first, those with an obstacle last.
 * @param rows `able`: the selected ones; empty for all that are loaded.
 */
async function choose(
  verb: Verb,
  { runner, targets, store }: ActionCommandContext,
  { able, focused }: Readonly<Record<'able' | 'focused', readonly Resource[]>>,
): Promise<Resource | undefined> {
  const candidates = await offeringVerb(able.length > 0 ? able : store.loaded(), verb, runner);
  const items = candidates.map(({ resource, offers }) => toCandidate(targets.item(resource), offers));
  if (items.length === 0) {
    void showInformation(vscode.l10n.t('No row in the tree currently offers this action.'));
    return undefined;
  }
  const [first] = candidates;
  const title = first?.offers[0]?.title ?? '';
  const placeHolder = able.length > 0 ? oneAtATime(able.length) : nameOrId();
  const isFocused = (item: ResourceItem): boolean => focused.some(({ path }) => path === item.path);
  const groups = [
    { title: vscode.l10n.t('focused row'), items: items.filter(isFocused) },
    ...targets.groups(items.filter((item) => !item.blocked && !isFocused(item))),
    {
      title: vscode.l10n.t('not available now'),
      items: items.filter((item) => item.blocked && !isFocused(item)),
    },
  ];
  const options = { title, placeHolder, matchOnDescription: true, matchOnDetail: true };
  const chosen = onlyPlace(verb, items) ?? (await showGroupedQuickPick(groups, options));
  return chosen && store.get(chosen.path);
}

/** The only place where something can be created. What exists is never changed without being named by the user. */
function onlyPlace(verb: Verb, items: readonly ResourceItem[]): ResourceItem | undefined {
  return verb === 'create' && items.length === 1 ? items[0] : undefined;
}

/** The entry of a resource. It shows an obstacle if every offer has one. */
function toCandidate(
  item: ResourceItem,
  offers: readonly Action[],
): ResourceItem & { readonly blocked: boolean } {
  const obstacles = offers.map(({ obstacle }) => obstacle);
  const blocked = obstacles.every((obstacle) => obstacle !== undefined);
  const detail = [blocked && obstacles[0]?.reason, item.detail].filter(Boolean).join(' · ');
  return { ...item, detail, blocked };
}

/** The draft whose title bar was clicked, else the one in the active editor. */
function sendDraft({ runner }: ActionCommandContext): Handler {
  return async (clicked) => {
    const uri = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme === draftScheme) await runner.send(uri);
  };
}

/** The comparison whose button was clicked, else the one in the active editor. */
function sendReviewed({ runner }: ActionCommandContext): Handler {
  return (clicked) => runner.answerReview(true, clicked instanceof vscode.Uri ? clicked : undefined);
}

/** As `sendReviewed`. */
function keepEditing({ runner }: ActionCommandContext): Handler {
  return (clicked) => runner.answerReview(false, clicked instanceof vscode.Uri ? clicked : undefined);
}
