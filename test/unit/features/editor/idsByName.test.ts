import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { atOnce } from '../../../../src/core/base/turns';
import { IdsByName, sortedByName } from '../../../../src/features/editor/idsByName';
import type { Identified } from '../../../../src/core/store/idIndex';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
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
  loaded = Array.from({ length: 1200 }, (_, at) => connection(`Name ${1199 - at}`));

  *identified(): Iterable<Identified> {
    this.reads += 1;
    yield* this.loaded;
  }

  shortId({ id }: Resource): string {
    return id.slice(1);
  }

  names(): readonly string[] {
    return atOnce(this.ids.all()).map(({ resource: { label } }) => label);
  }

  /** @returns how often the collator compared two names meanwhile. */
  countCompared(work: () => void): number {
    let count = 0;
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    const counting = (a: string, b: string): number => {
      count += 1;
      return compare(a, b);
    };
    const getter = mock.getter(Intl.Collator.prototype, 'compare', () => counting);
    work();
    getter.mock.restore();
    return count;
  }
}

interface Place {
  resource: Resource;
}

function connection(label: string): Place {
  return { resource: resource(account, 'connection', `c${label}`, label) };
}

describe('The IDs that completion searches', () => {
  it('are in the order of their names, with numbers as numbers', () => {
    const names = new Watched().names();
    assert.deepEqual(
      [names.length, names[0], names[2], names[10], names.at(-1)],
      [1200, 'Name 0', 'Name 2', 'Name 10', 'Name 1199'],
    );
  });

  it('are sorted once for many letters', () => {
    const store = new Watched();
    for (let letter = 0; letter < 5; letter++) store.names();
    assert.equal(store.reads, 1);
    assert.equal(store.ids.shortId(connection('Name').resource), 'Name');
  });

  it('are, after any change, as if all were sorted, but only what is new is compared', () => {
    const store = new Watched();
    store.names();
    const [renamed, gone, same] = store.loaded;
    assert.ok(renamed && gone && same);
    renamed.resource = { ...renamed.resource, label: 'Name 7.5' };
    same.resource = { ...same.resource, description: 'refreshed' };
    store.loaded = [...store.loaded.filter((each) => each !== gone), connection('A'), connection('Z')];
    store.changes.fire([account]);
    let names: readonly string[] = [];
    const compared = store.countCompared(() => {
      names = store.names();
    });
    assert.deepEqual(
      names,
      atOnce(sortedByName(store.loaded)).map(({ resource: { label } }) => label),
    );
    assert.deepEqual(names.slice(0, 2), ['A', 'Name 0']);
    assert.ok(compared > 0 && compared < 100, `${compared} comparisons`);
    store.changes.fire([account]);
    assert.equal(
      store.countCompared(() => store.names()),
      0,
      'nothing is new',
    );
    assert.deepEqual(store.names(), names);
  });

  it('are not kept if something changed while they were sorted', () => {
    const store = new Watched();
    const sorting = store.ids.all();
    sorting.next();
    store.loaded = store.loaded.slice(0, 3);
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
