import { sep } from 'node:path';

/**
 * Whether a file is among those that a person asks for.
 * @param name its path
 * @param wanted beginnings of paths, or of what follows a folder in them, with slashes: `http`, or `store/store.test`;
 *   none: all files
 */
export function isChosen(name: string, wanted: readonly string[]): boolean {
  const path = `/${name.replaceAll(sep, '/')}`;
  return wanted.length === 0 || wanted.some((part) => path.includes(`/${part}`));
}

/** Counts all that its process holds: sockets and the heap. */
const ALONE = 'unit/scripts/soak/soak';

/**
 * Puts test files into so many groups, each with one process: neighbours into different ones, for files of a folder are
 * alike in time.
 */
export function dealOut(names: readonly string[], count: number): readonly (readonly string[])[] {
  const isAlone = (name: string): boolean => partsOf(name).join('/') === ALONE;
  const shared = names.filter((name) => !isAlone(name));
  const groups = Array.from({ length: count }, (_, group) => shared.filter((_, at) => at % count === group));
  return [...names.filter(isAlone).map((name) => [name]), ...groups].filter(({ length }) => length > 0);
}

/**
 * How far a test is from a file that it reaches: 0 where it has the same name, the parts of the path that differ
 * otherwise.
 * @param test its path below test/unit/ or out/unit/
 * @param source the other's path below the root
 */
export function distance(test: string, source: string): number {
  const [a, b] = [partsOf(test), partsOf(source).slice(1)];
  return b.length - b.filter((part, at) => part === a[at]).length;
}

/** What each file of a bundle imports, as esbuild's metafile says. */
export type Inputs = Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;

/**
 * The tests that import a file, themselves or by what they import; the nearest first.
 * @param path as in the inputs of esbuild: relative to the root, with slashes
 */
export function affectedBy(path: string, inputs: Inputs): readonly string[] {
  const found = new Set([path]);
  // What is added while a set is gone through is gone through too.
  for (const imported of found) {
    for (const [importer, { imports }] of Object.entries(inputs))
      if (imports.some((each) => each.path === imported)) found.add(importer);
  }
  const far = (test: string): number => distance(test.replace('test/unit/', ''), path);
  return [...found].filter((name) => name.endsWith('.test.ts')).toSorted((a, b) => far(a) - far(b));
}

/** The parts of a path, the last one without what it ends with. */
function partsOf(path: string): readonly string[] {
  return path
    .replace(/(\.test)?\.[jt]s$/, '')
    .replaceAll(sep, '/')
    .split('/');
}
