import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from '../../../../src/core/base/turns';
import { IdsByName } from '../../../../src/features/editor/idsByName';
import type { Identified } from '../../../../src/core/store/idIndex';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import { Emitter } from '../../../../src/core/base/emitter';
import { FakeClock } from '../../../support/fakeClock';
import { account, resource, settle } from '../../../support/fakes/store';

/** A store of 1,200 connections, which counts how often they are gone through. */
class Watched {
  readonly changes = new Emitter<readonly ResourcePath[]>();
  readonly onDidChange = this.changes.event;
  readonly clock = new FakeClock();
  readonly ids = new IdsByName(this, this.clock);
  reads = 0;
  count = 1200;

  *identified(): Iterable<Identified> {
    this.reads += 1;
    for (let at = this.count - 1; at >= 0; at--)
      yield { resource: resource(account, 'connection', `c${at}`, `Name ${at}`), shortId: undefined };
  }

  names(): readonly string[] {
    return atOnce(this.ids.all()).map(({ resource: { label } }) => label);
  }
}

describe('The IDs that completion searches', () => {
  it('are in the order of their names, with numbers as numbers', () => {
    const names = new Watched().names();
    assert.deepEqual(
      [names.length, names[0], names[2], names[10], names.at(-1)],
      [1200, 'Name 0', 'Name 2', 'Name 10', 'Name 1199'],
    );
  });

  it('are sorted once for many letters, and again after a change', () => {
    const store = new Watched();
    for (let letter = 0; letter < 5; letter++) store.names();
    assert.equal(store.reads, 1);
    store.count = 3;
    store.changes.fire([account]);
    assert.deepEqual(store.names(), ['Name 0', 'Name 1', 'Name 2']);
    assert.equal(store.reads, 2);
  });

  it('are not kept if something changed while they were sorted', () => {
    const store = new Watched();
    const sorting = store.ids.all();
    sorting.next();
    store.count = 3;
    store.changes.fire([account]);
    assert.equal(atOnce(sorting).length, 1200);
    assert.equal(store.names().length, 3);
  });

  it('take no memory a minute later, and none after the end', async () => {
    const store = new Watched();
    store.names();
    await store.clock.advance(59_000, settle);
    store.names();
    assert.equal(store.reads, 1);
    await store.clock.advance(1_000, settle);
    store.names();
    assert.equal(store.reads, 2);
    store.ids.dispose();
    assert.equal(store.clock.timers, 0);
  });
});
