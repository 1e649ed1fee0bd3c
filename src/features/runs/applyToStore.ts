import { type ResourcePath, parentPath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import type { RunUpdate } from './runRegistry';
import type { RunEntry, Runs } from '../../core/services/contract/runs';
import type { Resource } from '../../core/services/contract/resource';

/**
 * Updates the store with an answer about runs: the account's health, changed resources, and runs that are newer than
 * their loaded list.
 * @param askedAt when the service was asked, in milliseconds since 1970.
 */
export async function applyToStore(
  store: Pick<Store, 'get' | 'rows' | 'reportHealth' | 'put' | 'add'>,
  { account, runs, report }: RunUpdate,
  askedAt: number,
): Promise<void> {
  store.reportHealth(account, undefined);
  await store.put(report.updated, askedAt);
  store.add(newRuns(report.entries, runs, store), askedAt);
}

/** The start time of a run, and whether its list would contain it. */
type RunRules = Pick<Runs, 'times' | 'matchesListFilter'>;

/**
 * Returns the runs that started after their list was loaded. If the list has pages that were not loaded, only runs
 * newer than all loaded ones count, because older ones may be on the other pages.
 * @param entries newest first.
 * @returns runs by the resource whose list they belong to. Only loaded lists.
 */
export function newRuns(
  entries: readonly RunEntry[],
  rules: RunRules,
  store: Pick<Store, 'get' | 'rows'>,
): ReadonlyMap<ResourcePath, readonly Resource[]> {
  const unknown = new Map<ResourcePath, Resource[]>();
  for (const { run } of entries) {
    const parent = parentPath(run.path);
    if (!parent || store.get(run.path) || rules.matchesListFilter?.(run) === false) continue;
    const siblings = unknown.get(parent);
    if (siblings) siblings.push(run);
    else unknown.set(parent, [run]);
  }
  const found = [...unknown].map(([parent, runs]) => {
    const rows = store.rows(parent);
    return [parent, rows ? runs.filter((run) => isNew(run, rows, rules)) : []] as const;
  });
  return new Map(found.filter(([, runs]) => runs.length > 0));
}

function isNew(run: Resource, rows: readonly Resource[], rules: RunRules): boolean {
  if (!rows.some(({ kind }) => kind === 'more')) return true;
  const start = startTime(run, rules);
  return rows.every((row) => row.kind !== run.kind || start > startTime(row, rules));
}

/** Milliseconds since 1970. NaN if unknown, so that it is neither before nor after anything. */
function startTime(run: Resource, { times }: RunRules): number {
  const { started, created } = times(run);
  return Date.parse(created ?? started ?? '');
}
