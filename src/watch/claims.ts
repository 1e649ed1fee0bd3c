import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResourcePath } from '../services/path';

/** A claim is forgotten after a month, in milliseconds: no run is told of so late. */
const lifetime = 30 * 24 * 3_600_000;

/**
 * Which of several windows tells of a run: the first one that claims it. A claim is an empty file whose name is the hash of
 * the run's path, for making a file is the one thing that windows cannot both succeed in; so it outlives a restart too.
 */
export class Claims {
  readonly #folder: string;
  #ready: Promise<void> | undefined;

  /** @param folder made where it is not there. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns true for the first who asks. Where nothing can be written everyone is the first: told twice is better than never. */
  async claim(path: ResourcePath): Promise<boolean> {
    this.#ready ??= this.#prepare().catch(() => undefined);
    await this.#ready;
    try {
      const name = createHash('sha256').update(path).digest('hex');
      await writeFile(join(this.#folder, name), '', { flag: 'wx' });
      return true;
    } catch (error) {
      return !(error instanceof Error && 'code' in error && error.code === 'EEXIST');
    }
  }

  async #prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const names = await readdir(this.#folder);
    await Promise.all(
      names.map(async (name) => {
        const file = join(this.#folder, name);
        const { mtimeMs } = await stat(file);
        if (Date.now() - mtimeMs > lifetime) await rm(file, { force: true });
      }),
    );
  }
}
