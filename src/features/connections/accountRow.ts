import * as l10n from '@vscode/l10n';
import type { Property } from '../../core/services/contract/properties';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource, Status } from '../../core/services/contract/resource';
import { serviceTitle } from '../../core/services/registry';
import type { Store } from '../../core/store/store';
import { type StatusState, stateWord } from '../../shared/status';

type Known = Pick<Store, 'rows' | 'state'>;

/** A connection with the status that its row shows. */
type Assess = (connection: Resource) => Pick<Resource, 'status'>;

/** What is known of the connections of an account without a request. */
interface Tally {
  readonly loaded: number;
  /** At least `loaded`, if the service reports the total. */
  readonly total: number;
  /** False while a list is not loaded to its end. */
  readonly complete: boolean;
  /** The number of loaded connections in each state. */
  readonly states: ReadonlyMap<StatusState, number>;
}

/** From worst to best, so that the first with connections is the state of the account. */
const WORST_FIRST: readonly StatusState[] = [
  'failed',
  'warning',
  'running',
  'queued',
  'ok',
  'inactive',
  'unknown',
];

/**
 * An account as its row shows it: with its service, the worst state of its connections, and how many are loaded. An
 * account that cannot be reached keeps its own status. Sends no request.
 */
export function accountRow(store: Known, account: Resource, assess: Assess): Resource {
  const tally = countConnections(store, account.path, assess);
  const status = account.status ?? (tally && worstStatus(tally));
  const description = [getService(account), tally && countText(tally)].filter(Boolean).join(' · ');
  return { ...account, description, ...(status && { status }) };
}

/** The lines of the tooltip of an account: its service, and what was counted. */
export function accountFacts(store: Known, account: Resource, assess: Assess): readonly Property[] {
  const tally = countConnections(store, account.path, assess);
  const counted = tally && WORST_FIRST.flatMap((state) => stateFact(tally, state));
  return [
    { label: l10n.t('Service'), value: getService(account) },
    ...(tally ? [{ label: l10n.t('Connections'), value: loadedText(tally) }] : []),
    ...(counted ?? []),
  ];
}

function getService({ searchAttributes }: Resource): string {
  return serviceTitle(searchAttributes?.service ?? '');
}

/** @returns undefined if nothing is loaded. */
function countConnections(store: Known, account: ResourcePath, assess: Assess): Tally | undefined {
  const rows = store.rows(account);
  if (!rows || rows.every(({ kind }) => kind === 'problem')) return undefined;
  const entities = rows.filter(({ kind }) => kind === 'entity').map(({ path }) => path);
  const lists = [...(entities.length === rows.length ? [] : [account]), ...entities];
  const parts = lists.map((path) => countList(store, path, assess));
  const states = new Map<StatusState, number>();
  for (const state of parts.flatMap((part) => part.found)) states.set(state, (states.get(state) ?? 0) + 1);
  return {
    loaded: parts.reduce((sum, part) => sum + part.loaded, 0),
    total: parts.reduce((sum, part) => sum + part.total, 0),
    complete: parts.every((part) => part.complete),
    states,
  };
}

interface ListTally extends Omit<Tally, 'states'> {
  readonly found: readonly StatusState[];
}

function countList(store: Known, path: ResourcePath, assess: Assess): ListTally {
  const rows = store.rows(path);
  const connections = (rows ?? []).filter(({ kind }) => kind === 'connection');
  const { total = 0, reading } = store.state(path);
  return {
    loaded: connections.length,
    total: Math.max(connections.length, total),
    complete: rows !== undefined && !reading && rows.every(({ kind }) => kind !== 'more'),
    found: connections.flatMap((row) => assess(row).status?.state ?? []),
  };
}

function worstStatus({ states }: Tally): Status | undefined {
  const state = WORST_FIRST.find((each) => states.has(each));
  if (state === undefined) return undefined;
  const words = WORST_FIRST.flatMap((each) => stateText(each, states.get(each) ?? 0));
  return { state, label: words.join(', ') || stateWord(state) };
}

/** The counts in the row: connections that need no attention are not counted. */
function stateText(state: StatusState, count: number): readonly string[] {
  if (count === 0) return [];
  switch (state) {
    case 'failed':
      return [l10n.t('{0} failed', count)];
    case 'warning':
      return [count === 1 ? l10n.t('1 needs attention') : l10n.t('{0} need attention', count)];
    case 'running':
      return [l10n.t('{0} in progress', count)];
    case 'queued':
      return [l10n.t('{0} queued', count)];
    default:
      return [];
  }
}

function stateFact({ states }: Tally, state: StatusState): readonly Property[] {
  const count = states.get(state) ?? 0;
  return count === 0 ? [] : [{ label: stateWord(state), value: connectionsText(count) }];
}

function connectionsText(count: number): string {
  return count === 1 ? l10n.t('1 connection') : l10n.t('{0} connections', count);
}

function countText({ loaded, total, complete }: Tally): string {
  if (complete) return connectionsText(loaded);
  return total > loaded
    ? l10n.t('{0} of {1} connections loaded', loaded, total)
    : l10n.t('{0} connections loaded', loaded);
}

function loadedText(tally: Tally): string {
  const text = countText(tally);
  return tally.complete ? text : l10n.t('{0}, and only these are counted', text);
}
