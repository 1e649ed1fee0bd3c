import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { untilFree, type OfferSource } from '../../../../src/features/actions/untilFree';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Action } from '../../../../src/core/services/contract/action';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { getFailure } from '../../../support/rows';
import { idleAction } from '../../../support/getAction';

const resource: Resource = {
  path: childPath(accountPath('a'), 'connection', 'crm'),
  kind: 'connection',
  id: 'crm',
  label: 'crm',
  hasChildren: true,
};
const free = idleAction({
  id: 'x',
  verb: 'delete',
  title: 'Delete…',
  confirmation: 'typeName',
  input: { kind: 'none' },
});
const blocked: Action = { ...free, obstacle: { reason: 'It is active.', clearedBy: 'off' } };
const quick = { shortest: 1, longest: 2, atMost: 10 };

/** The offered actions before each reload; the last ones stay. */
function looking(
  ...offers: readonly (Action | undefined)[]
): OfferSource & { readonly readings: () => number } {
  let readings = 0;
  return {
    offer: () => {
      const action = offers[Math.min(readings, offers.length - 1)];
      return Promise.resolve(action && { resource, action });
    },
    refresh: () => Promise.resolve(void (readings += 1)),
    readings: () => readings,
  };
}

describe('waiting until an action is no longer blocked', () => {
  const { signal } = new AbortController();

  it('reloads the resource until that is so', async () => {
    const look = looking(blocked, blocked, free);
    assert.equal((await untilFree(look, signal, quick))?.action, free);
    assert.equal(look.readings(), 2);
  });

  it('ends if the resource is gone', async () => {
    assert.equal(await untilFree(looking(blocked, undefined), signal, quick), undefined);
  });

  it('finally gives up, with the reason', async () => {
    const look = looking(blocked);
    const error = await getFailure(untilFree(look, signal, quick));
    assert.deepEqual([error.kind, error.advice], ['timeout', 'It is active.']);
    assert.ok(look.readings() > 2);
  });

  it('can be canceled while it waits', async () => {
    const controller = new AbortController();
    const waiting = untilFree(looking(blocked), controller.signal, { ...quick, shortest: 60_000 });
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });
});
