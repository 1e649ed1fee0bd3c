import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import * as vscode from 'vscode';
import { HttpError } from '../core/http/errors';
import { plainText } from '../shared/plainText';

/** A file under another name beside the one that it becomes. Its methods throw errors of node:fs. */
class UnfinishedFile {
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

/**
 * Asks where to save a file.
 * @param name proposed, without the extension; characters that file systems reject are replaced.
 */
export async function chooseTarget(
  title: string,
  name: string,
  ending: string,
): Promise<vscode.Uri | undefined> {
  const safe =
    plainText(name, 80)
      .replaceAll(/[\\/:*?"<>|]+/g, ' ')
      .replace(/^\.+|[. ]+$/g, '') || 'connection';
  const file = `${safe}.${ending}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: plainText(title),
    filters: { [ending.toUpperCase()]: [ending] },
    defaultUri: folder ? vscode.Uri.joinPath(folder, file) : vscode.Uri.file(file),
  });
}

/** The parts of a file, in order. */
export type FileParts = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes a file. One that exists stays as it is until all parts are there, and there is never half a file.
 * @throws what `parts` throw; HttpError `rejected` if the file system refuses.
 */
export async function written(file: vscode.Uri, parts: FileParts): Promise<void> {
  const unfinished = file.scheme === 'file' ? await UnfinishedFile.beside(file.fsPath) : undefined;
  if (!unfinished) {
    // VS Code takes whole files only: https://github.com/microsoft/vscode/issues/84515
    await writeWhole(file, await joined(parts));
    return;
  }
  try {
    for await (const part of parts) await orRefused(file, unfinished.append(part));
    // Where a file must not be replaced, such as one that another program has opened on Windows, it may be written.
    if (!(await unfinished.replace())) await writeWhole(file, await orRefused(file, unfinished.read()));
  } finally {
    await unfinished.delete();
  }
}

async function joined(parts: FileParts): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

async function writeWhole(file: vscode.Uri, bytes: Uint8Array): Promise<void> {
  await orRefused(file, vscode.workspace.fs.writeFile(file, bytes));
}

async function orRefused<T>(file: vscode.Uri, work: Thenable<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const name = plainText(file.path.split('/').at(-1) ?? file.path);
    throw new HttpError('rejected', vscode.l10n.t('Unable to write "{0}".', name), {
      advice: vscode.l10n.t('Choose another location, or check the permissions of the folder.'),
      cause,
    });
  }
}
