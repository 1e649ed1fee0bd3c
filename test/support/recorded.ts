import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of recorded traffic. It is no part of the project: tests against it are skipped where it is not there. */
export interface Recording {
  /** Undefined where the file is not there. */
  readonly path: string | undefined;
  /** For the title of a test: says that it is skipped, and why. */
  readonly note: string;
}

/** Looks for `shared/recorded/<name>` beside the project, or beside one of the folders that it lies in. */
export function recording(name: string, from = __dirname): Recording {
  const path = join(from, 'shared/recorded', name);
  if (existsSync(path)) return { path, note: '' };
  const above = dirname(from);
  return above === from
    ? { path: undefined, note: ` (skipped: ${name} is not beside the project)` }
    : recording(name, above);
}
