import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { accountPath } from '../../../../src/core/services/contract/path';
import { toLook, LookMemory } from '../../../../src/features/details/accountLooks';
import { account, resource } from '../../../support/fakes/store';
import { openStorage } from '../../../support/fakes/storage';

class Memories implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'looks-'));

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }

  /** What a window of a workspace remembers. */
  open(workspace = 'file:///w'): LookMemory {
    return new LookMemory(openStorage({ folder: this.folder, workspace }));
  }
}

const failed = { state: 'failed', label: '2 failed' } as const;
const look = toLook([{ ...resource(account, 'connection', 'c', 'Web'), status: failed }], 5000);

describe('The snapshot of an account from its last view', () => {
  it('is known to every window of the workspace, and to no other', async () => {
    using memories = new Memories();
    await memories.open().write(account, look);
    assert.deepEqual(await memories.open().read(account), look);
    assert.equal(await memories.open('file:///other').read(account), undefined);
    assert.equal(await memories.open().read(accountPath('b')), undefined);
  });

  it('is forgotten after three months in which the account was not viewed', () => {
    using memories = new Memories();
    const storage = openStorage({ folder: memories.folder, workspace: 'w' });
    const lifetimes: number[] = [];
    const files: typeof storage.files = (name, lifetime) => {
      lifetimes.push(lifetime);
      return storage.files(name, lifetime);
    };
    assert.ok(new LookMemory({ files, workspace: 'w' }));
    assert.deepEqual(lifetimes, [90 * 86_400_000]);
  });

  it('is the last one that was written', async () => {
    using memories = new Memories();
    const memory = memories.open();
    const later = toLook([], 9000);
    await Promise.all([memory.write(account, look), memory.write(account, later)]);
    assert.deepEqual(await memory.read(account), later);
  });

  it('is unknown if the file has another form, or is about other accounts', async () => {
    using memories = new Memories();
    const memory = memories.open();
    const strange = toLook([resource(accountPath('b'), 'connection', 'c')], 1);
    await memory.write(account, strange);
    assert.deepEqual((await memory.read(account))?.rows, new Map());
    const [name] = readdirSync(join(memories.folder, 'looks'));
    writeFileSync(join(memories.folder, 'looks', name ?? assert.fail()), '{"rows":3');
    assert.equal(await memory.read(account), undefined);
  });
});
