import * as vscode from 'vscode';
import { runBatch } from './batch';
import { rowName } from './batchTexts';
import { tellResults } from './tellResults';
import type { Resource, Problem } from '../../core/services/contract/resource';
import { ask } from '../messages';
import { inNotification, inView } from '../cancellation';
import { parentPath, type ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';

/** More than these are opened only after a question. */
const MANY = 10;

/** So many rows are read side by side if nothing else is said; the limits of their accounts hold all the same. */
const AT_ONCE = 4;

/** How several rows are worked on. */
export interface RowsOptions {
  /** So many side by side. */
  readonly atOnce?: number;
  /** Why the work on a row failed, where that shows in the tree instead of being thrown; undefined if it did not. */
  readonly failureOf?: (row: Resource) => Problem | undefined;
}

/**
 * Reads something of each row that a command is about. One row: with the progress bar of the view. Several: with a count
 * that can be cancelled; what failed is told, and keeps none of the others from being done.
 * @returns what was read, in the order of the rows.
 * @throws for a single row what `read` throws.
 */
export async function forEachRow<T>(
  title: string,
  rows: readonly Resource[],
  read: (row: Resource, signal: AbortSignal) => Promise<T>,
  { atOnce = AT_ONCE, failureOf }: RowsOptions = {},
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
        const problem = failureOf?.(resource);
        if (problem) return { state: 'failed', problem };
        values.set(resource, value);
        return { state: 'done' };
      },
      {
        ...{ signal, atOnce },
        report: (position, item) => {
          report(vscode.l10n.t('{0} of {1}: {2}', position, rows.length, rowName(item)));
        },
      },
    ),
  );
  if (values.size < rows.length) tellResults(title, results, []);
  return rows.filter((row) => values.has(row)).map((row) => values.get(row) as T);
}

/** Asks before very many things are opened. @returns true to go on. */
export async function agreeToMany(count: number, message: string): Promise<boolean> {
  if (count <= MANY) return true;
  const open = vscode.l10n.t('Open');
  return (await ask({ message, informs: true, harmless: true, buttons: [open] })) === open;
}

/** Works on the lists in which rows stand, each once. What fails shows in its list; of several, it is told as well. */
export async function inParents(
  store: Pick<Store, 'get' | 'failureOf'>,
  title: string,
  rows: readonly Resource[],
  work: (parent: ResourcePath, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const paths = new Set(rows.flatMap(({ path }) => parentPath(path) ?? []));
  const parents = [...paths].flatMap((path) => store.get(path) ?? []);
  await forEachRow(title, parents, ({ path }, signal) => work(path, signal), {
    failureOf: ({ path }) => store.failureOf(path),
  });
}
