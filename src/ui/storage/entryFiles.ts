import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The end of the name of a file that is being written. */
const UNFINISHED = '.tmp';

/**
 * What windows of one machine share and write often, as files of a folder, one for each entry: unlike keys of
 * globalState they can be written by several windows at a time, and made by one of them alone. Failures of the file
 * system are no errors: entries are then not shared.
 */
export class EntryFiles {
  #ready: Promise<unknown> | undefined;
  #written: Promise<unknown> = Promise.resolve();
  #prunedAt = 0;

  /**
   * @param folder made if it is not there.
   * @param lifetime after so many milliseconds an entry is forgotten. @param now milliseconds since 1970.
   */
  constructor(
    private readonly folder: string,
    private readonly lifetime: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Makes an entry. @returns false if it was there already, and true also if it cannot be made. */
  async create(key: string): Promise<boolean> {
    await this.#prepare();
    try {
      await writeFile(this.#file(key), '', { flag: 'wx' });
      await this.#stamp(this.#file(key));
      return true;
    } catch (error) {
      return !(error instanceof Error && 'code' in error && error.code === 'EEXIST');
    }
  }

  /** Writes an entry, whether or not it is there. */
  put(key: string, text: string): Promise<void> {
    const unfinished = join(this.folder, `${randomUUID()}${UNFINISHED}`);
    return this.#write(async () => {
      await writeFile(unfinished, text);
      await this.#stamp(unfinished);
      await rename(unfinished, this.#file(key));
    });
  }

  remove(key: string): Promise<void> {
    return this.#write(() => rm(this.#file(key), { force: true }));
  }

  /** The texts of all entries. */
  async list(): Promise<readonly string[]> {
    await this.#prepare();
    const names = (await quietly(() => readdir(this.folder))) ?? [];
    const texts = await Promise.all(
      names
        .filter((name) => !name.endsWith(UNFINISHED))
        .map((name) => quietly(() => readFile(join(this.folder, name), 'utf8'))),
    );
    return texts.filter((text) => text !== undefined);
  }

  /** Makes one change after the other: the last one that was asked for holds. */
  async #write(change: () => Promise<void>): Promise<void> {
    const before = this.#written;
    const written = (async () => {
      await before;
      await this.#prepare();
      await quietly(change);
    })();
    this.#written = written;
    await written;
  }

  /** Gives a file the time of our clock, by which it grows old. */
  async #stamp(file: string): Promise<void> {
    const seconds = this.now() / 1000;
    await quietly(() => utimes(file, seconds, seconds));
  }

  #file(key: string): string {
    return join(this.folder, createHash('sha256').update(key).digest('hex'));
  }

  async #prepare(): Promise<void> {
    this.#ready ??= quietly(() => mkdir(this.folder, { recursive: true }));
    await this.#ready;
    if (this.now() - this.#prunedAt < this.lifetime / 2) return;
    this.#prunedAt = this.now();
    await quietly(() => this.#prune());
  }

  async #prune(): Promise<void> {
    const names = await readdir(this.folder);
    await Promise.all(
      names.map(async (name) => {
        const file = join(this.folder, name);
        const { mtimeMs } = await stat(file);
        if (this.now() - mtimeMs > this.lifetime) await rm(file, { force: true });
      }),
    );
  }
}

async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
