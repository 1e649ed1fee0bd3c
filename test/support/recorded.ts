import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A file of recorded traffic. It is not part of the project: tests that need it are skipped if it is missing.
 */
export interface Recording {
  /** Undefined if the file is missing. */
  readonly path: string | undefined;
  /** For the title of a test: says that it is skipped, and why. */
  readonly note: string;
}

/** Looks for `shared/recorded/<name>` next to the project, or next to one of its parent folders. */
export function recording(name: string, from = __dirname): Recording {
  const path = join(from, 'shared/recorded', name);
  if (existsSync(path)) return { path, note: '' };
  const above = dirname(from);
  return above === from
    ? { path: undefined, note: ` (skipped: ${name} is not beside the project)` }
    : recording(name, above);
}
