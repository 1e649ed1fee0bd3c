import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { formats } from '../../../../src/core/export/formats';
import { Spool } from '../../../../src/core/export/writeInventory';
import { HttpError } from '../../../../src/core/http/errors';
import { Store } from '../../../../src/core/store/store';
import { account, FakeAccounts, page, resource } from '../../../support/fakes/store';
import { writtenInventory } from '../../../support/writtenInventory';

describe('The temporary file of an export', () => {
  const variable = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
  const before = process.env[variable];
  let temporary: string;

  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'spool-'));
    process.env[variable] = temporary;
  });
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(process.env, variable);
    else process.env[variable] = before;
    rmSync(temporary, { recursive: true, maxRetries: 5 });
  });

  it('returns texts in any order', async () => {
    const spool = await Spool.open();
    const texts = ['first', '', 'zw\u00f6lf Boxk\u00e4mpfer', 'x'.repeat(100_000)];
    const kept = [];
    for (const text of texts) kept.push(await spool.keep(text));
    const read = [];
    for (const place of kept.toReversed()) read.push(Buffer.from(await spool.read(place)).toString());
    assert.deepEqual(read, texts.toReversed());
    await spool.delete();
    assert.deepEqual(readdirSync(temporary), []);
  });

  it('says so if it has lost what it kept', async () => {
    const spool = await Spool.open();
    const kept = await spool.keep('text');
    const [folder = ''] = readdirSync(temporary);
    truncateSync(join(temporary, folder, 'export'), 2);
    await assert.rejects(spool.read(kept), { kind: 'rejected' });
    await spool.delete();
  });

  it('is for the user only', { skip: process.platform === 'win32' }, async () => {
    const spool = await Spool.open();
    const [folder = ''] = readdirSync(temporary);
    const modes = [folder, join(folder, 'export')].map(
      (name) => statSync(join(temporary, name)).mode & 0o777,
    );
    assert.deepEqual(modes, [0o700, 0o600]);
    await spool.delete();
  });

  it('is deleted after an export, and after one that failed or was canceled', async () => {
    const accounts = new FakeAccounts(() => page([resource(account, 'connection', 'c1')]));
    const store = new Store(accounts, () => 100);
    const options = { format: formats.csv(), secrets: [], signal: new AbortController().signal };
    await writtenInventory(store, store.accounts(), options);
    assert.deepEqual(readdirSync(temporary), []);
    const controller = new AbortController();
    const onProgress = (): void => {
      controller.abort(new Error('canceled'));
    };
    const canceled = { ...options, signal: controller.signal, onProgress };
    await assert.rejects(writtenInventory(store, store.accounts(), canceled), /canceled/);
    assert.deepEqual(readdirSync(temporary), []);
  });

  it('names its folder if the system refuses', async () => {
    const file = join(temporary, 'no folder');
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    process.env[variable] = file;
    await assert.rejects(Spool.open(), (error) => {
      assert.ok(error instanceof HttpError);
      assert.equal(error.kind, 'rejected');
      assert.ok(error.message.includes('no folder'), error.message);
      return true;
    });
  });
});
