import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SharedEntries } from '../../../../src/ui/storage/sharedEntries';
import { FakeClock } from '../../../support/fakeClock';
import { settle } from '../../../support/fakes/store';
import { FakeHost } from '../../../support/fakes/storage';

/** Something that happens: a window changes an entry, a message arrives, or time passes. */
type Step =
  | { readonly kind: 'set' | 'remove'; readonly window: number; readonly id: string }
  | { readonly kind: 'deliver'; readonly place: number }
  | { readonly kind: 'pass'; readonly milliseconds: number };

const windows = 2;
const change = (kind: 'set' | 'remove'): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constant(kind),
    window: fc.nat(windows - 1),
    id: fc.constantFrom('a', 'b', 'c'),
  });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: change('set') },
  { weight: 2, arbitrary: change('remove') },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('deliver' as const), place: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), milliseconds: fc.nat(400) }) },
);

function open(host: FakeHost, clock: FakeClock, random = 0): SharedEntries<number> {
  const entries = new SharedEntries<number>({
    state: host.open(),
    prefix: 'x:',
    decode: (value) => (typeof value === 'number' ? value : undefined),
    signal: () => {
      host.signal();
    },
    clock,
    random: () => random,
  });
  host.onDidSignal(() => {
    entries.rescanSoon();
  });
  return entries;
}

/** Lets all arrive and all timers run out. */
async function rest(host: FakeHost, clock: FakeClock): Promise<void> {
  for (let round = 0; round < 120; round++) {
    host.deliverAll();
    await clock.advance(250, settle);
  }
}

describe('entries shared by windows', () => {
  it('end as the last change of each left them, in whatever order signals arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const [host, clock] = [new FakeHost(), new FakeClock()];
        const shared = Array.from({ length: windows }, (_, at) => open(host, clock, at / windows));
        const last = new Map<string, number | undefined>();
        for (const [at, each] of steps.entries()) {
          await clock.advance(1, settle);
          if (each.kind === 'deliver') host.deliver(each.place);
          else if (each.kind === 'pass') await clock.advance(each.milliseconds, settle);
          else {
            const own = shared[each.window];
            // A user cannot remove an invisible entry.
            if (each.kind === 'remove' && !own?.list().has(each.id)) continue;
            if (each.kind === 'remove') own?.remove([each.id]);
            else own?.set(new Map([[each.id, at]]));
            last.set(each.id, each.kind === 'remove' ? undefined : at);
          }
        }
        await rest(host, clock);
        const wanted = [...last].filter(([, value]) => value !== undefined).toSorted();
        for (const own of shared) assert.deepEqual([...own.list()].toSorted(), wanted);
        assert.deepEqual([...open(host, clock).list()].toSorted(), wanted, 'after a reload');
        for (const own of shared) own.dispose();
        assert.equal(clock.timers, 0);
      }),
      { numRuns: 300 },
    );
  });
});
