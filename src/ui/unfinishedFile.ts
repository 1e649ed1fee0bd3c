import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';

/** A file under another name beside the one that it becomes. Its methods throw errors of node:fs. */
export class UnfinishedFile {
  private constructor(
    private readonly target: string,
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** @returns undefined if the folder takes no new file, or something else than a file has the name. */
  static async beside(file: string): Promise<UnfinishedFile | undefined> {
    // A link stays one, and leads to the new file.
    const target = await realpath(file).catch(() => file);
    const known = await stat(target).catch(() => undefined);
    if (known && !known.isFile()) return undefined;
    const path = `${target}.${randomUUID()}.tmp`;
    const handle = await open(path, 'wx', known?.mode).catch(() => undefined);
    return handle && new UnfinishedFile(target, path, handle);
  }

  async append(part: Uint8Array): Promise<void> {
    // Not `write`, which may write a part of it only.
    await this.handle.writeFile(part);
  }

  /** Replaces the target. @returns false if the system refuses. */
  async replace(): Promise<boolean> {
    await this.handle.close();
    return rename(this.path, this.target).then(
      () => true,
      () => false,
    );
  }

  read(): Promise<Uint8Array> {
    return readFile(this.path);
  }

  /** Deletes it, unless it was moved. */
  async delete(): Promise<void> {
    await this.handle.close();
    await rm(this.path, { force: true });
  }
}
