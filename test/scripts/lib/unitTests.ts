import { sep } from 'node:path';

/**
 * True if a file was selected.
 * @param name its path
 * @param wanted prefixes of paths, or of their ends after a slash: `http`, or `store/store.test`; empty: all
 * files
 */
export function isChosen(name: string, wanted: readonly string[]): boolean {
  const path = `/${name.replaceAll(sep, '/')}`;
  return wanted.length === 0 || wanted.some((part) => path.includes(`/${part}`));
}

/**
 * True for a test that takes more than four seconds of processor time, such as one with random data: it is part of
 * `npm run test:all` alone.
 * @param name its path
 */
export function isLong(name: string): boolean {
  return /\.long\.test\.[jt]s$/.test(name);
}

/** Measures its whole process: sockets and the heap. */
const ALONE = 'unit/scripts/soak/soak';

/**
 * Distributes test files to a number of groups, one process each. Neighbors get into different groups,
 * because files of a folder take similar time.
 */
export function dealOut(names: readonly string[], count: number): readonly (readonly string[])[] {
  const shared = names.filter((name) => !isAlone(name));
  const groups = Array.from({ length: count }, (_, group) => shared.filter((_, at) => at % count === group));
  return [...names.filter(isAlone).map((name) => [name]), ...groups].filter(({ length }) => length > 0);
}

/**
 * Distributes test files to processes that run one after another: the first ones by themselves, the others
 * together, in the same order.
 */
export function batches<File extends { readonly name: string }>(
  files: readonly File[],
  first: number,
  size: number,
): readonly (readonly File[])[] {
  const found: File[][] = [];
  for (const [at, file] of files.entries()) {
    const open = found.at(-1);
    const joins = at > first && open !== undefined && open.length < size;
    if (joins && ![...open, file].some(({ name }) => isAlone(name))) open.push(file);
    else found.push([file]);
  }
  return found;
}

/**
 * The distance of a test from a file that it reaches: 0 if the paths are the same, else the number of path
 * segments that differ.
 * @param test its path below test/unit/ or out/unit/
 * @param source the other path below the root
 */
export function distance(test: string, source: string): number {
  const [a, b] = [getParts(test), getParts(source).slice(1)];
  return b.length - b.filter((part, at) => part === a[at]).length;
}

/** The imports of each file of a bundle, from esbuild's metafile. */
export type Inputs = Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;

/**
 * The tests that import a file, directly or indirectly; the nearest first.
 * @param path as in the inputs of esbuild: relative to the root, with slashes
 */
export function affectedBy(path: string, inputs: Inputs): readonly string[] {
  const found = new Set([path]);
  // Items that are added to a set during the iteration are visited too.
  for (const imported of found) {
    for (const [importer, { imports }] of Object.entries(inputs))
      if (imports.some((each) => each.path === imported)) found.add(importer);
  }
  const far = (test: string): number => distance(test.replace('test/unit/', ''), path);
  return [...found].filter((name) => name.endsWith('.test.ts')).toSorted((a, b) => far(a) - far(b));
}

function isAlone(name: string): boolean {
  return getParts(name).join('/') === ALONE;
}

/** The segments of a path, without the endings of the last one. */
function getParts(path: string): readonly string[] {
  return path
    .replace(/(\.long)?(\.test)?(\.[jt]s)?$/, '')
    .replaceAll(sep, '/')
    .split('/');
}
