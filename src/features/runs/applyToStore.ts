import { type ResourcePath, parentPath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import type { RunUpdate } from './runRegistry';
import type { RunEntry, Runs } from '../../core/services/contract/runs';
import type { Resource } from '../../core/services/contract/resource';

/**
 * Has the store show what a service told of its work: that the account answers, resources as they are by now, and runs that
 * came since their list was read.
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

/** What tells when a run began, and whether its list would hold it. */
type RunRules = Pick<Runs, 'times' | 'matchesListFilter'>;

/**
 * The runs that came since the list that they belong to was read. Of a list with pages that were not read only those
 * count that began after all it shows, for older ones may stand on the others.
 * @param entries the newest first.
 * @returns by the resource whose list it is; only lists that are loaded.
 */
export function newRuns(
  entries: readonly RunEntry[],
  judge: RunRules,
  store: Pick<Store, 'get' | 'rows'>,
): ReadonlyMap<ResourcePath, readonly Resource[]> {
  const unknown = new Map<ResourcePath, Resource[]>();
  for (const { run } of entries) {
    const parent = parentPath(run.path);
    if (!parent || store.get(run.path) || judge.matchesListFilter?.(run) === false) continue;
    const siblings = unknown.get(parent);
    if (siblings) siblings.push(run);
    else unknown.set(parent, [run]);
  }
  const found = [...unknown].map(([parent, runs]) => {
    const rows = store.rows(parent);
    return [parent, rows ? runs.filter((run) => isNew(run, rows, judge)) : []] as const;
  });
  return new Map(found.filter(([, runs]) => runs.length > 0));
}

function isNew(run: Resource, rows: readonly Resource[], judge: RunRules): boolean {
  if (!rows.some(({ kind }) => kind === 'more')) return true;
  const began = beginning(run, judge);
  return rows.every((row) => row.kind !== run.kind || began > beginning(row, judge));
}

/** Milliseconds since 1970; not a number where nothing is told, which is neither before nor after anything. */
function beginning(run: Resource, { times }: RunRules): number {
  const { started, created } = times(run);
  return Date.parse(created ?? started ?? '');
}
