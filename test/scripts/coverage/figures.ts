/** Which parts of the code were reached. */
import { posix } from 'node:path';
import type { Point } from './points';

/** A point and its file. `path` is relative to the root, with slashes. */
export interface Placed extends Point {
  readonly path: string;
  readonly isReached: boolean;
}

/** One line for each folder of src/, and one for all. */
export function table(points: readonly Placed[]): readonly string[] {
  const folders = [...new Set(points.map(getFolder))].toSorted();
  const rows = folders.map((folder) =>
    row(
      folder,
      points.filter((point) => getFolder(point) === folder),
    ),
  );
  return [
    `${'folder'.padEnd(32)}${'lines'.padStart(10)}${'branches'.padStart(10)}`,
    ...rows,
    row('all', points),
  ];
}

/** The catch clauses and throw statements that were not reached: `path:line  catch`. */
export function unreachedErrors(points: readonly Placed[]): readonly string[] {
  return points
    .filter(({ error, isReached }) => error !== undefined && !isReached)
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line))
    .map(({ path, line, error = '' }) => `${path}:${line}  ${error}`);
}

function getFolder({ path }: Placed): string {
  return posix.dirname(path);
}

function row(name: string, points: readonly Placed[]): string {
  const branches = points.filter(({ kind }) => kind === 'branch').map(({ isReached }) => isReached);
  const cells = [getLines(points), branches].map((each) => percent(each).padStart(10));
  return `${name.padEnd(32)}${cells.join('')}`;
}

/** Whether each line with statements was reached; if it has several, all must be. */
function getLines(points: readonly Placed[]): readonly boolean[] {
  const lines = new Map<string, boolean>();
  for (const { kind, path, line, isReached } of points) {
    const place = `${path}:${line}`;
    if (kind === 'line') lines.set(place, isReached && (lines.get(place) ?? true));
  }
  return [...lines.values()];
}

function percent(reached: readonly boolean[]): string {
  if (reached.length === 0) return '–';
  return `${((100 * reached.filter(Boolean).length) / reached.length).toFixed(1)} %`;
}
