import { parentPath, type ResourcePath } from '../services/path';
import type { Resource } from '../services/service';
import type { Store } from '../store/store';
import { forEachRow } from './forEachRow';

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
