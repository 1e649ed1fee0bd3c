import * as vscode from 'vscode';
import { runBatch } from './batch';
import { rowName } from './batchTexts';
import { reportResults } from './reportResults';
import type { Resource, Problem } from '../../core/services/contract/resource';
import { ask } from '../messages';
import { inNotification, inView } from '../cancellation';
import { parentPath, type ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';

/** Opening more than this number asks for confirmation. */
const MAX_UNCONFIRMED = 10;

/** Default number of rows that are read in parallel. The rate limits of accounts apply as well. */
const DEFAULT_CONCURRENCY = 4;

export interface RowsOptions {
  /** Number of rows in parallel. */
  readonly atOnce?: number;
  /** Returns the failure of a row if the tree shows it and `read` does not throw it. */
  readonly getFailure?: (row: Resource) => Problem | undefined;
}

/**
 * Calls `read` for each row. A single row shows progress in the view, several show a notification with a Cancel button.
 * If some of several fail, the others are still read, and a message reports the failures.
 * @returns the values that were read, in the order of the rows.
 * @throws what `read` throws, for a single row.
 */
export async function forEachRow<T>(
  title: string,
  rows: readonly Resource[],
  read: (row: Resource, signal: AbortSignal) => Promise<T>,
  { atOnce = DEFAULT_CONCURRENCY, getFailure }: RowsOptions = {},
): Promise<readonly T[]> {
  const [only, ...others] = rows;
  if (!only) return [];
  if (others.length === 0) return [await inView((signal) => read(only, signal))];
  const items = rows.map((resource) => ({ resource, names: [resource.label] }));
  const values = new Map<Resource, T>();
  const results = await inNotification(title, (signal, report) =>
    runBatch(
      items,
      async ({ resource }) => {
        const value = await read(resource, signal);
        const problem = getFailure?.(resource);
        if (problem) return { state: 'failed', problem };
        values.set(resource, value);
        return { state: 'done' };
      },
      {
        signal,
        atOnce,
        report: (position, item) => {
          report(vscode.l10n.t('{0} of {1}: {2}', position, rows.length, rowName(item)));
        },
      },
    ),
  );
  if (values.size < rows.length) reportResults(title, results, []);
  return rows.filter((row) => values.has(row)).map((row) => values.get(row) as T);
}

/** Asks for confirmation before many editors or pages are opened. @returns true to continue. */
export async function confirmMany(count: number, message: string): Promise<boolean> {
  if (count <= MAX_UNCONFIRMED) return true;
  const open = vscode.l10n.t('Open');
  return (await ask({ message, informs: true, harmless: true, buttons: [open] })) === open;
}

/** Calls `work` once for each list that contains some of the rows. Failures appear in the list. */
export async function inParents(
  store: Pick<Store, 'get' | 'getFailure'>,
  title: string,
  rows: readonly Resource[],
  work: (parent: ResourcePath, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const paths = new Set(rows.flatMap(({ path }) => parentPath(path) ?? []));
  const parents = [...paths].flatMap((path) => store.get(path) ?? []);
  await forEachRow(title, parents, ({ path }, signal) => work(path, signal), {
    getFailure: ({ path }) => store.getFailure(path),
  });
}
