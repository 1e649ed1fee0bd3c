import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';

/** The place of a text in a spool, in bytes. */
export interface Kept {
  readonly at: number;
  readonly length: number;
}

/**
 * A temporary file, readable by the user only, that keeps texts out of the heap until their order is known. Its methods
 * throw HttpError kind `rejected` if the system refuses.
 */
export class Spool {
  #end = 0;

  private constructor(
    private readonly folder: string,
    private readonly file: FileHandle,
  ) {}

  static open(): Promise<Spool> {
    return attempted(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'connections-explorer-'));
      return new Spool(folder, await open(join(folder, 'export'), 'wx+', 0o600));
    });
  }

  async keep(text: string): Promise<Kept> {
    const bytes = Buffer.from(text);
    const at = this.#end;
    this.#end += bytes.length;
    // Not `FileHandle.write`, which may write a part only.
    await attempted(() => this.file.writeFile(bytes));
    return { at, length: bytes.length };
  }

  async read({ at, length }: Kept): Promise<Uint8Array> {
    const { buffer, bytesRead } = await attempted(() =>
      this.file.read(Buffer.allocUnsafe(length), 0, length, at),
    );
    if (bytesRead < length) throw unusable();
    return buffer;
  }

  /** Deletes the file. */
  async delete(): Promise<void> {
    await this.file.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function attempted<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw unusable(cause);
  }
}

function unusable(cause?: unknown): HttpError {
  return new HttpError('rejected', l10n.t('Unable to use a temporary file in "{0}".', tmpdir()), {
    advice: l10n.t('Check the free space and the permissions of that folder.'),
    cause,
  });
}
