import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { sleep } from '../../../../src/core/base/abort';
import { startService, ACCOUNT_PATH, SERVICE_IDS } from '../../../support/service';

/** More than the ten listeners that Node.js takes for a leak. */
const MANY = 26;

/** The warnings of this process from here on. */
function watchWarnings(t: TestContext): readonly string[] {
  const warnings: string[] = [];
  const note = ({ name, message }: Error): void => {
    warnings.push(`${name}: ${message}`);
  };
  process.on('warning', note);
  t.after(() => process.off('warning', note));
  return warnings;
}

/** Node.js emits warnings with the next turn of the event loop. */
async function assertNone(warnings: readonly string[]): Promise<void> {
  await new Promise(setImmediate);
  assert.deepEqual(warnings, []);
}

describe('without a warning of a leak, there may be concurrently any number of', () => {
  it('pages of a list', async (t) => {
    const warnings = watchWarnings(t);
    await using account = await startService('cja', { connections: MANY * 5 }, { pageSize: 5 });
    const { signal } = new AbortController();
    const rows = await account.store.load(ACCOUNT_PATH, { all: true, signal });
    assert.equal(rows.filter(({ kind }) => kind === 'connection').length, MANY * 5);
    await assertNone(warnings);
  });

  for (const id of SERVICE_IDS) {
    it(`lists and texts of ${id} for one waiting caller`, async (t) => {
      const warnings = watchWarnings(t);
      await using account = await startService(id, { connections: MANY });
      const { store, session } = account;
      const { signal } = new AbortController();
      const [first = assert.fail('a row')] = await store.load(ACCOUNT_PATH);
      const again = Array.from({ length: MANY }, () => store.refresh(undefined, signal));
      const read = Array.from({ length: MANY }, () => store.read(first.path, signal));
      const lists = (store.rows(ACCOUNT_PATH) ?? []).map(({ path }) => store.load(path, { signal }));
      const whole = {
        path: ACCOUNT_PATH,
        kind: 'account',
        id: 'a1',
        label: 'Test',
        hasChildren: true,
      } as const;
      const runs = session.runs?.fetchRuns(whole, [], { signal });
      await Promise.allSettled([...again, ...read, ...lists, runs]);
      await assertNone(warnings);
    });
  }

  it('pauses of continuing work', async (t) => {
    const warnings = watchWarnings(t);
    const controller = new AbortController();
    const pauses = Array.from({ length: MANY }, () => sleep(60_000, controller.signal));
    controller.abort();
    await Promise.allSettled(pauses);
    await assertNone(warnings);
  });
});
