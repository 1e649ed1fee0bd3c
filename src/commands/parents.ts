import { parentPath, type ResourcePath } from '../services/path';
import type { Resource } from '../services/service';
import { inView } from './progress';

/** Works on the lists in which rows stand, with the progress bar of the view. */
export async function inParents(
  rows: readonly Resource[],
  work: (parent: ResourcePath, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const parents = rows.flatMap(({ path }) => parentPath(path) ?? []);
  await inView((signal) => Promise.all(parents.map((parent) => work(parent, signal))));
}
