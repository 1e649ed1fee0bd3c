import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { WindowStorage } from '../../../../src/ui/storage/windowStorage';
import { FakeClock } from '../../../support/fakeClock';
import { FakeHost, UNWRITABLE } from '../../../support/fakes/storage';
import { settle } from '../../../support/fakes/store';
import { FakeStorage, service } from '../../../support/fakes/accounts';

/** Something that happens: a window changes accounts, a message arrives, or time passes. */
type Step =
  | { readonly kind: 'add' | 'rename' | 'remove'; readonly window: number; readonly place: number }
  | { readonly kind: 'deliver'; readonly place: number }
  | { readonly kind: 'pass'; readonly milliseconds: number };

const windows = 2;
const change = (kind: 'add' | 'rename' | 'remove'): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant(kind), window: fc.nat(windows - 1), place: fc.nat(3) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: change('add') },
  { weight: 2, arbitrary: change('rename') },
  { weight: 2, arbitrary: change('remove') },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('deliver' as const), place: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), milliseconds: fc.nat(400) }) },
);

/** A VS Code whose windows share one globalState, as one text, and one SecretStorage. */
class FakeCode {
  readonly host = new FakeHost();
  readonly clock = new FakeClock();
  readonly #secrets = new FakeStorage();
  readonly #opened: { dispose(): void }[] = [];

  open(): Accounts {
    const secrets = this.#secrets.secretStorage();
    const context = {
      ...{ globalState: this.host.open(), workspaceState: this.host.open(), secrets },
      ...{ globalStorageUri: { fsPath: UNWRITABLE }, storageUri: undefined },
    };
    const storage = new WindowStorage(context, this.clock);
    const accounts = new Accounts(storage.accountState, secrets, [service()], () => this.clock.now());
    this.#opened.push(accounts, storage);
    return accounts;
  }

  /** Lets all arrive and all timers run out. */
  async rest(): Promise<void> {
    for (let round = 0; round < 120; round++) {
      this.host.deliverAll();
      await this.clock.advance(250, settle);
    }
  }

  close(): void {
    for (const each of this.#opened.splice(0)) each.dispose();
  }
}

const settings = { orgId: 'org', clientId: 'client' };
const createSecrets = (name: string): Readonly<Record<string, string>> => ({
  clientSecret: `secret of ${name}`,
});
const shown = (accounts: Accounts): readonly string[] =>
  accounts
    .list()
    .map(({ id, name }) => `${id} ${name}`)
    .toSorted();

describe('accounts in two windows that change them at nearly the same moment', () => {
  it('end as the last change of each left them, with their secrets, in whatever order signals arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const code = new FakeCode();
        const open = Array.from({ length: windows }, () => code.open());
        const notes: Notes = { last: new Map(), firstNames: new Map(), removed: new Set() };
        for (const [at, each] of steps.entries()) {
          await code.clock.advance(1, settle);
          if (each.kind === 'deliver') code.host.deliver(each.place);
          else if (each.kind === 'pass') await code.clock.advance(each.milliseconds, settle);
          else await act(each, open[each.window] ?? assert.fail(), { notes, name: `name ${at}` });
        }
        await code.rest();
        const wanted = [...notes.last].flatMap(([id, name]) => (name === undefined ? [] : [`${id} ${name}`]));
        for (const [at, accounts] of [...open, code.open()].entries()) {
          assert.deepEqual(shown(accounts), wanted.toSorted(), `window ${at}`);
          for (const { id } of accounts.list().filter(({ id }) => !notes.removed.has(id))) {
            const { secrets } = await accounts.credentials(id);
            assert.deepEqual(secrets, createSecrets(notes.firstNames.get(id) ?? ''));
          }
        }
        code.close();
        assert.equal(code.clock.timers, 0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a window', () => {
  for (const kind of ['add', 'rename'] as const) {
    it(`reports an untouched account once, though an older write comes back (${kind})`, async () => {
      const code = new FakeCode();
      const accounts = code.open();
      const first = await accounts.add({ service: 'cja', name: 'first', settings }, createSecrets('first'));
      await code.rest();
      const changed: string[] = [];
      accounts.onDidChange((ids) => changed.push(...ids));
      await accounts.update(first.id, { name: 'renamed' });
      code.host.deliver(0);
      code.host.deliver(0);
      const returning = code.host.places;
      assert.ok(returning > 0);
      const { id } =
        kind === 'add'
          ? await accounts.add({ service: 'cja', name: 'second', settings }, createSecrets('second'))
          : await accounts.update(first.id, { name: 'renamed again' });
      for (let place = 0; place < returning; place++) code.host.deliver(0);
      // As when the window gets the focus, or is notified of a change elsewhere.
      accounts.rescan();
      await code.clock.advance(20_000, settle);
      await code.rest();
      assert.deepEqual(changed, [first.id, id]);
      code.close();
    });
  }
});

/** The outcome of all changes. */
interface Notes {
  /** The final names; undefined for removed accounts. */
  readonly last: Map<string, string | undefined>;
  /** The names that accounts were added with. */
  readonly firstNames: Map<string, string>;
  /** Accounts that were ever removed: if the other window has changed one since, it exists, but without its secrets. */
  readonly removed: Set<string>;
}

type Change = Extract<Step, { readonly window: number }>;

/** Makes a change, and records its expected outcome. */
async function act(
  { kind, place }: Change,
  accounts: Accounts,
  { notes, name }: { readonly notes: Notes; readonly name: string },
): Promise<void> {
  if (kind === 'add') {
    const { id } = await accounts.add({ service: 'cja', name, settings }, createSecrets(name));
    notes.last.set(id, name);
    notes.firstNames.set(id, name);
    return;
  }
  // A user cannot change an invisible account.
  const id = accounts.list()[place]?.id;
  if (id === undefined) return;
  if (kind === 'rename') await accounts.update(id, { name });
  else await accounts.remove(id);
  if (kind === 'remove') notes.removed.add(id);
  notes.last.set(id, kind === 'rename' ? name : undefined);
}
