import { editor } from '../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type * as vscode from 'vscode';
import { written, type FileParts } from '../../../src/ui/saveFile';
import { HttpError } from '../../../src/core/http/errors';
import { Uri } from '../../support/vscode/values';

const PARTS = ['one, ', 'two, ', 'three'].map((text) => Buffer.from(text));
const TEXT = 'one, two, three';

describe('Writing a file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'written-'));
    file = join(folder, 'inventory.csv');
    editor.files.clear();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  async function write(parts: FileParts, uri = Uri.file(file)): Promise<void> {
    await written(uri as unknown as vscode.Uri, parts);
  }

  /** Parts, after the first of which something fails. */
  async function* failing(look: () => void = () => undefined): AsyncGenerator<Uint8Array> {
    yield Buffer.from('one, ');
    await Promise.resolve();
    look();
    throw new Error('canceled');
  }

  it('writes the parts in order, and leaves nothing else in the folder', async () => {
    await write(PARTS);
    assert.equal(readFileSync(file, 'utf8'), TEXT);
    assert.deepEqual(readdirSync(folder), ['inventory.csv']);
  });

  it('writes each part before it takes the next one, under another name', async () => {
    const sizes: number[] = [];
    await write(
      (async function* () {
        for (const part of PARTS) {
          yield part;
          const names = readdirSync(folder);
          assert.equal(names.length, 1);
          assert.notEqual(names[0], 'inventory.csv');
          sizes.push(statSync(join(folder, names[0] ?? '')).size);
          await Promise.resolve();
        }
      })(),
    );
    assert.deepEqual(sizes, [5, 10, 15]);
  });

  it('leaves no file if the parts fail, and keeps one that exists', async () => {
    await assert.rejects(write(failing()), /canceled/);
    assert.deepEqual(readdirSync(folder), []);
    writeFileSync(file, 'before');
    const unchanged = (): void => {
      assert.equal(readFileSync(file, 'utf8'), 'before');
    };
    await assert.rejects(write(failing(unchanged)), /canceled/);
    assert.deepEqual(readdirSync(folder), ['inventory.csv']);
    unchanged();
  });

  it('replaces a file, with its permissions', async () => {
    writeFileSync(file, 'before, and longer than what comes after it');
    chmodSync(file, 0o600);
    const { mode } = statSync(file);
    await write(PARTS);
    assert.equal(readFileSync(file, 'utf8'), TEXT);
    assert.equal(statSync(file).mode, mode);
  });

  it('writes the file that a link leads to', { skip: process.platform === 'win32' }, async () => {
    const link = join(folder, 'link.csv');
    writeFileSync(file, 'before');
    symlinkSync(file, link);
    await write(PARTS, Uri.file(link));
    assert.equal(readFileSync(file, 'utf8'), TEXT);
    assert.deepEqual(readdirSync(folder), ['inventory.csv', 'link.csv']);
  });

  it('has VS Code write the whole file where no other can be beside it', async () => {
    const uri = Uri.file(join(folder, 'no such folder', 'inventory.csv'));
    await write(PARTS, uri);
    assert.equal(String(Buffer.from(editor.files.get(uri.toString())?.bytes ?? [])), TEXT);
  });

  it('has VS Code write it where it cannot be replaced', async () => {
    // A folder takes the name meanwhile, which a file cannot replace.
    await write(
      (function* () {
        yield* PARTS;
        mkdirSync(file);
        writeFileSync(join(file, 'other'), '');
      })(),
    );
    assert.equal(String(Buffer.from(editor.files.get(Uri.file(file).toString())?.bytes ?? [])), TEXT);
    assert.deepEqual(readdirSync(folder), ['inventory.csv']);
  });

  it('has VS Code write whole files of other file systems, and nothing if the parts fail', async () => {
    const uri = Uri.from({ scheme: 'vscode-vfs', path: '/inventory.csv' });
    await assert.rejects(write(failing(), uri), /canceled/);
    assert.equal(editor.files.size, 0);
    await write(PARTS, uri);
    assert.equal(String(Buffer.from(editor.files.get(uri.toString())?.bytes ?? [])), TEXT);
  });

  it('says which file cannot be written', async () => {
    editor.readOnly = true;
    const uri = Uri.from({ scheme: 'vscode-vfs', path: '/inventory.csv' });
    await assert.rejects(write(PARTS, uri), (error) => {
      assert.ok(error instanceof HttpError);
      assert.equal(error.kind, 'rejected');
      assert.match(error.message, /Unable to write "inventory\.csv"/);
      return true;
    });
  });
});
