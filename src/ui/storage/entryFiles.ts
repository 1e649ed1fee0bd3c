import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Suffix of the file name while a file is being written. */
const UNFINISHED = '.tmp';

/**
 * Entries that the windows of a machine share and write often, one file each: unlike keys of globalState,
 * several windows can write them at the same time, and exactly one can create an entry. File system errors
 * are ignored: entries are then not shared.
 */
export class EntryFiles {
  #ready: Promise<unknown> | undefined;
  #written: Promise<unknown> = Promise.resolve();
  #prunedAt = 0;

  /**
   * @param folder created if it does not exist.
   * @param lifetime of an entry, in milliseconds. @param now milliseconds since 1970.
   */
  constructor(
    private readonly folder: string,
    private readonly lifetime: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Creates an entry. @returns false if it existed already; true also if it could not be created. */
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

  /** Writes an entry, whether or not it exists. */
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

  /** Serializes changes, so that the last one wins. */
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

  /** Sets the time of a file by our clock, which decides when it expires. */
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
