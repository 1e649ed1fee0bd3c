import { sep } from 'node:path';

const ELSEWHERE = ['host', 'ui', 'run', 'bench'];

/** Whether a test needs no editor, by its path below test/ or out/. */
export function isUnitTest(name: string): boolean {
  return !ELSEWHERE.includes(partsOf(name)[0] ?? '');
}

/**
 * How far a test is from a file that it reaches: 0 where it has the same name, the parts of the path that differ
 * otherwise.
 * @param test its path below test/ or out/
 * @param source the other's path below the root
 */
export function distance(test: string, source: string): number {
  const [a, b] = [partsOf(test), partsOf(source).slice(1)];
  return b.length - b.filter((part, at) => part === a[at]).length;
}

/** The parts of a path, the last one without what it ends with. */
function partsOf(path: string): readonly string[] {
  return path
    .replace(/(\.test)?\.[jt]s$/, '')
    .replaceAll(sep, '/')
    .split('/');
}
