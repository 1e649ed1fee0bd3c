import * as l10n from '@vscode/l10n';
import { childPath, getAccountPath, type ResourcePath } from '../../core/services/contract/path';
import type { Resource, Status } from '../../core/services/contract/resource';
import { serviceTitle } from '../../core/services/registry';
import type { StatusState } from '../../shared/status';
import type { KnownRun } from './runRegistry';

/** More queued runs of an account than this are behind one row, so that they push nothing out of sight. */
const MAX_QUEUED_SHOWN = 5;

/** A run, or the row of an account, of its queued runs, or of something that could not be loaded. */
export type RunsRow = KnownRun | Resource;

/** The rows of the Runs view. */
export interface RunTree {
  readonly rows: ReadonlyMap<ResourcePath, RunsRow>;
  /** The rows below a row; undefined: at the root. */
  readonly lists: ReadonlyMap<ResourcePath | undefined, readonly ResourcePath[]>;
}

/** What the Runs view shows. */
export interface RunTreeSource {
  /** All accounts. With several, runs are below the row of theirs. */
  readonly accounts: readonly Resource[];
  /** Rows of what could not be loaded. They come first. */
  readonly problems: readonly Resource[];
  /** Newest first. */
  readonly runs: readonly KnownRun[];
  /** True if a filter hides runs. What it leaves is not put behind a row. */
  readonly isFiltered: boolean;
}

/** Arranges runs: those of an account together, what runs first, and what waits last. */
export function arrangeRuns({ accounts, problems, runs, isFiltered }: RunTreeSource): RunTree {
  const rows = new Map<ResourcePath, RunsRow>(problems.map((row) => [row.path, row]));
  const lists = new Map<ResourcePath | undefined, readonly ResourcePath[]>();
  const root = [...rows.keys()];
  for (const account of accounts) {
    const own = runs.filter(({ run }) => getAccountPath(run.path) === account.path);
    if (own.length === 0) continue;
    const list = arrangeAccount(account.path, own, isFiltered ? Infinity : MAX_QUEUED_SHOWN, { rows, lists });
    if (accounts.length === 1) root.push(...list);
    else {
      rows.set(account.path, accountRow(account, own));
      lists.set(account.path, list);
      root.push(account.path);
    }
  }
  if (isFiltered && runs.length === 0 && accounts[0]) {
    const row = noMatchRow(accounts[0].path);
    rows.set(row.path, row);
    root.push(row.path);
  }
  return { rows, lists: lists.set(undefined, root) };
}

function noMatchRow(account: ResourcePath): Resource {
  return {
    ...{ path: childPath(account, 'noMatch', 'runs'), kind: 'noMatch', id: 'runs', hasChildren: false },
    label: l10n.t('No matches'),
  };
}

/** A tree to which rows are added. */
interface OpenRunTree {
  readonly rows: Map<ResourcePath, RunsRow>;
  readonly lists: Map<ResourcePath | undefined, readonly ResourcePath[]>;
}

/** @returns the paths of the list. Adds its rows, and the list of the queued ones if they have a row of their own. */
function arrangeAccount(
  account: ResourcePath,
  runs: readonly KnownRun[],
  maxQueued: number,
  { rows, lists }: OpenRunTree,
): readonly ResourcePath[] {
  const queued = runs.filter((run) => getState(run) === 'queued');
  const running = runs.filter((run) => run.active && !queued.includes(run));
  const ended = runs.filter((run) => !run.active && !queued.includes(run));
  for (const run of [...running, ...ended, ...queued]) rows.set(run.run.path, run);
  const paths = (of: readonly KnownRun[]): readonly ResourcePath[] => of.map(({ run }) => run.path);
  if (queued.length <= maxQueued) return paths([...running, ...ended, ...queued]);
  const section = queuedRow(account, queued.length);
  rows.set(section.path, section);
  lists.set(section.path, paths(queued));
  return [...paths([...running, ...ended]), section.path];
}

function queuedRow(account: ResourcePath, count: number): Resource {
  return {
    ...{ path: childPath(account, 'section', 'queued'), kind: 'section', id: 'queued', hasChildren: true },
    ...{ label: l10n.t('Queued'), description: l10n.t('{0} runs', count) },
  };
}

function accountRow(account: Resource, runs: readonly KnownRun[]): Resource {
  const service = serviceTitle(account.searchAttributes?.service ?? '');
  return { ...account, status: accountStatus(runs), description: service };
}

/** From worst to best, so that the first with runs is the state of the account. */
const WORST_FIRST: readonly StatusState[] = ['failed', 'warning', 'running', 'queued'];

function accountStatus(runs: readonly KnownRun[]): Status {
  const count = (state: StatusState): number => runs.filter((run) => getState(run) === state).length;
  const state = WORST_FIRST.find((each) => count(each) > 0) ?? 'unknown';
  return { state, label: countsText(count) };
}

/** How many runs are in each state that has some: `2 running, 1 failed`. */
export function countsText(count: (state: StatusState) => number): string {
  const counted: readonly (readonly [StatusState, (count: number) => string])[] = [
    ['running', (of) => l10n.t('{0} running', of)],
    ['failed', (of) => l10n.t('{0} failed', of)],
    ['warning', (of) => (of === 1 ? l10n.t('1 needs attention') : l10n.t('{0} need attention', of))],
    ['queued', (of) => l10n.t('{0} queued', of)],
  ];
  return counted.flatMap(([state, text]) => (count(state) > 0 ? [text(count(state))] : [])).join(', ');
}

function getState({ run }: KnownRun): StatusState | undefined {
  return run.status?.state;
}
