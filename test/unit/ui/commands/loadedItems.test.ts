import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { offering } from '../../../../src/ui/commands/loadedItems';
import { filterInTurns, Slices } from '../../../../src/core/base/turns';
import { accountPath } from '../../../../src/core/services/contract/path';
import { CountedTurns } from '../../../support/countedTurns';
import { resource } from '../../../support/fakes/store';
import { idleAction } from '../../../support/getAction';

const action = idleAction({
  id: 'delete',
  verb: 'delete',
  title: 'Delete',
  confirmation: 'confirm',
  input: { kind: 'none' },
});
const COUNT = 300;

function* resources(): Generator<ReturnType<typeof resource>> {
  for (let number = 0; number < COUNT; number++) {
    const id = `c${number}`;
    yield resource(accountPath('a'), 'connection', id);
  }
}

describe('the search in what is loaded', () => {
  it('yields between slices, and returns what offers something, in order', async () => {
    const turns = new CountedTurns();
    const found = await offering(
      resources(),
      ({ id }) => Promise.resolve(id.endsWith('7') ? [action] : []),
      new Slices(turns),
    );
    assert.equal(found.length, COUNT / 10);
    assert.deepEqual(
      found.slice(0, 3).map(({ resource, offers }) => [resource.id, offers.length]),
      [
        ['c7', 1],
        ['c17', 1],
        ['c27', 1],
      ],
    );
    assert.equal(turns.count, COUNT);
  });

  it('yields between slices, and returns what matches', async () => {
    const turns = new CountedTurns();
    const found = await filterInTurns(resources(), ({ id }) => id.endsWith('99'), turns);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['c99', 'c199', 'c299'],
    );
    assert.equal(turns.count, COUNT);
  });

  it('ends if the actions of one row cannot be determined', async () => {
    const failure = new Error('no session');
    await assert.rejects(
      offering(resources(), () => Promise.reject(failure)),
      failure,
    );
  });
});
