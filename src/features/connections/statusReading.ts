import {
  getAccountPath,
  isRunPath,
  isWithin,
  parentPath,
  type ResourcePath,
} from '../../core/services/contract/path';
import { toProblem } from '../../core/services/common/problem';
import { accountRemovedError } from '../../core/store/notFoundError';
import { isAbort } from '../../core/base/abort';
import type { Resource, Problem } from '../../core/services/contract/resource';
import type { CountedState, StateCounts, RunReport, Runs } from '../../core/services/contract/runs';
import type { Session } from '../../core/services/contract/service';
import type { Store } from '../../core/store/store';
import { traitsOfKind } from '../../shared/kinds';
import { COUNTED_STATES, type StatusRow } from './statusChanges';

/** How the reading of an account, or of a part of it, ended. */
type StatusOutcome =
  | { readonly state: 'read'; readonly rows: readonly StatusRow[] }
  /** Only some was read: the list is too long, or contains what cannot be shown. */
  | {
      readonly state: 'partial';
      readonly rows: readonly StatusRow[];
      /** What cannot be shown, as rows say it. */
      readonly missing: readonly string[];
    }
  | { readonly state: 'failed'; readonly problem: Problem }
  | { readonly state: 'canceled' }
  /** The service has neither backfills nor runs. Its list was reloaded. */
  | { readonly state: 'without' };

/** The reading of an account, or of the part of it at and below a path. */
export type StatusReading = StatusOutcome & {
  readonly path: ResourcePath;
  /** Whether the service calls its work backfills. */
  readonly noun: 'backfills' | 'runs';
};

type Reader = Pick<
  Store,
  'session' | 'refresh' | 'refreshStatus' | 'getFailure' | 'get' | 'rows' | 'put' | 'reportHealth'
>;

/**
 * True for a service that has backfills or runs. An account that cannot be opened may have them: reading it shows why
 * it cannot.
 */
export async function hasStatus(store: Pick<Store, 'session'>, path: ResourcePath): Promise<boolean> {
  const session = await store.session(path).catch(() => undefined);
  return !session || session.hasBackfills === true || session.runs !== undefined;
}

/**
 * Reads the status of backfills or runs at and below a path again.
 * @param path one of `Store.statusSources`. @param notBefore as for `Store.refresh`.
 */
export async function readStatus(
  store: Reader,
  path: ResourcePath,
  signal: AbortSignal,
  notBefore: number,
): Promise<StatusReading> {
  const session = await store.session(path).catch(() => undefined);
  const noun = session && !session.hasBackfills ? 'runs' : 'backfills';
  try {
    signal.throwIfAborted();
    return { path, noun, ...(await read(store, session, path, signal, notBefore)) };
  } catch (error) {
    if (signal.aborted && isAbort(error)) return { path, noun, state: 'canceled' };
    // A session aborts its requests when its account is edited or removed.
    const isClosed = isAbort(error) && session !== (await store.session(path).catch(() => undefined));
    if (isClosed && store.get(getAccountPath(path))) return readStatus(store, path, signal, notBefore);
    return { path, noun, state: 'failed', problem: toProblem(isClosed ? accountRemovedError() : error) };
  }
}

async function read(
  store: Reader,
  session: Session | undefined,
  path: ResourcePath,
  signal: AbortSignal,
  notBefore: number,
): Promise<StatusOutcome> {
  const problem = await store.refreshStatus(path, signal, notBefore);
  if (problem) return { state: 'failed', problem };
  if (!session?.runs) return { state: 'without' };
  if (session.hasBackfills) return countedRows(store, session.runs, path);
  const report = await fetchReport(store, session.runs, path, signal, notBefore);
  return getOutcome(store, path, reportedRows(report, path), report.problems);
}

/** @param problems rows for what cannot be shown besides what the list of an account says. */
function getOutcome(
  store: Pick<Store, 'rows'>,
  path: ResourcePath,
  rows: readonly StatusRow[],
  problems: readonly Resource[] = [],
): StatusOutcome {
  const listed = path === getAccountPath(path) ? (store.rows(path) ?? []) : [];
  const unreadable = [...listed.filter(({ kind }) => kind === 'problem'), ...problems];
  const isPartial = unreadable.length > 0 || listed.some(({ kind }) => kind === 'more');
  if (!isPartial) return { state: 'read', rows };
  return { state: 'partial', rows, missing: [...new Set(unreadable.map(({ label }) => label))] };
}

/** The connections at a path, with the counts that came with their list. */
function countedRows(store: Pick<Store, 'get' | 'rows'>, runs: Runs, path: ResourcePath): StatusOutcome {
  const isAccount = path === getAccountPath(path);
  const resource = store.get(path);
  const listed = isAccount ? (store.rows(path) ?? []) : resource ? [resource] : [];
  const rows = listed.flatMap((row) => {
    const counts = row.kind === 'connection' && !row.stale ? runs.countRuns?.(row) : undefined;
    return counts ? [{ path: row.path, label: row.label, counts }] : [];
  });
  return getOutcome(store, path, rows);
}

async function fetchReport(
  store: Reader,
  runs: Runs,
  path: ResourcePath,
  signal: AbortSignal,
  notBefore: number,
): Promise<RunReport> {
  const account = store.get(getAccountPath(path));
  if (!account) throw accountRemovedError();
  const askedAt = Date.now();
  const within = path === account.path ? [] : [path];
  const report = await runs.fetchRuns(account, within, { priority: 'interactive', signal, notBefore });
  store.reportHealth(account.path, undefined);
  await store.put(report.updated, askedAt);
  return report;
}

/** The pipelines and tasks of a report, by their own status, else by that of their newest run. */
function reportedRows({ entries, updated }: RunReport, within: ResourcePath): readonly StatusRow[] {
  const rows = new Map<ResourcePath, StatusRow>();
  for (const { run, ancestors } of entries) {
    const parent = parentPath(run.path);
    const state = countedState(run);
    // The newest comes first.
    if (parent && state && !rows.has(parent))
      rows.set(parent, { path: parent, label: ancestors.join(' › '), ...lastRun(state) });
  }
  for (const resource of updated) {
    const { path, kind, label } = resource;
    if (!traitsOfKind(kind).isWatchable || isRunPath(path) || kind === 'connection') continue;
    const state = countedState(resource);
    const known = rows.get(path);
    if (isWithin(path, within)) rows.set(path, { path, label: known?.label ?? label, ...lastRun(state) });
  }
  return [...rows.values()];
}

function countedState({ status }: Resource): CountedState | undefined {
  return COUNTED_STATES.find((state) => state === status?.state);
}

/** @param state undefined for a state that is not counted. */
function lastRun(state: CountedState | undefined): Pick<StatusRow, 'counts' | 'isLastRun'> {
  const none: StateCounts = { ok: 0, failed: 0, running: 0, queued: 0 };
  return { counts: state ? { ...none, [state]: 1 } : none, isLastRun: true };
}
