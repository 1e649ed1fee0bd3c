import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { NewData, Resource, Status } from '../../../../src/core/services/contract/resource';
import { findStaleness, type FreshnessContext, withStaleness } from '../../../../src/ui/tree/freshness';
import { account, resource } from '../../../support/fakes/store';

const HOUR_MS = 3_600_000;
const loadedAt = Date.parse('2026-11-27T12:00:00Z');
const connection = resource(account, 'connection', 'c', 'Web');

function dataset(id: string, hoursAgo: number, more: Partial<NewData & Resource> = {}): Resource {
  const { isOff = false, ...rest } = more;
  const lastAt = new Date(loadedAt - hoursAgo * HOUR_MS).toISOString();
  return { ...resource(connection.path, 'dataset', id), newData: { lastAt, isOff }, ...rest };
}

/** A setting of some hours, and one loaded list of datasets. */
function setTo(
  hours: number,
  rows: readonly Resource[] = [],
  more: Partial<FreshnessContext> = {},
): FreshnessContext {
  const isList = (path: ResourcePath): boolean => path === connection.path;
  return {
    store: {
      rows: (path) => (isList(path) ? rows : undefined),
      readAt: (path) => (isList(path) ? loadedAt : undefined),
    },
    ...{ hours, language: 'en', now: loadedAt },
    ...more,
  };
}

describe('A dataset without new data', () => {
  it('says so after the time of the setting, with the age of the newest data', () => {
    assert.equal(findStaleness(setTo(72), dataset('a', 72)), undefined);
    assert.deepEqual(findStaleness(setTo(72), dataset('a', 73)), {
      text: 'no new data (newest 3 days ago)',
      alarming: true,
    });
    const german = { ...setTo(72), language: 'de' };
    assert.match(findStaleness(german, dataset('a', 73))?.text ?? '', /vor 3 Tagen/);
  });

  it('says nothing if the setting is 0, or the service returns no date', () => {
    assert.equal(findStaleness(setTo(0), dataset('a', 9000)), undefined);
    const { newData, ...silent } = dataset('a', 9000);
    assert.ok(newData);
    assert.equal(findStaleness(setTo(1), silent), undefined);
  });

  it('ignores the time since it was loaded, in which data may have arrived', () => {
    const later = { now: loadedAt + 500 * HOUR_MS };
    assert.equal(findStaleness(setTo(72, [], later), dataset('a', 1)), undefined);
    assert.equal(findStaleness(setTo(72, [], later), dataset('a', -3)), undefined);
    const elsewhere = { ...dataset('a', 900), path: resource(account, 'dataset', 'x').path };
    assert.equal(findStaleness(setTo(72), elsewhere), undefined, 'its list is not loaded');
  });

  it('needs attention unless something is worse, and keeps the words of its status', () => {
    const statusWith = (status?: Status): Status | undefined =>
      withStaleness(setTo(24), dataset('a', 48, status && { status })).status;
    const text = 'no new data (newest 2 days ago)';
    assert.deepEqual(statusWith(), { state: 'warning', label: text });
    assert.deepEqual(statusWith({ state: 'ok', label: '3 completed' }), {
      state: 'warning',
      label: `${text}, 3 completed`,
    });
    assert.deepEqual(statusWith({ state: 'failed', label: '2 failed' }), {
      state: 'failed',
      label: `2 failed, ${text}`,
    });
  });

  it('raises no alarm if its import is off', () => {
    const status = { state: 'ok', label: '3 completed' } as const;
    const row = withStaleness(setTo(24), dataset('a', 48, { isOff: true, status, description: 'event' }));
    assert.deepEqual(row.status, status);
    assert.equal(row.description, 'event · no new data (newest 2 days ago), import is off');
  });

  it('is counted by its connection, as far as it is loaded', () => {
    const rows = [dataset('a', 48), dataset('b', 1), dataset('c', 90, { isOff: true })];
    assert.equal(findStaleness(setTo(24, rows), connection)?.text, 'no new data in 1 dataset');
    const two = [...rows, dataset('d', 25)];
    assert.equal(findStaleness(setTo(24, two), connection)?.text, 'no new data in 2 datasets');
    assert.equal(findStaleness(setTo(24, [dataset('b', 1)]), connection), undefined);
    assert.equal(findStaleness(setTo(24), { ...connection, path: account }), undefined);
  });

  it('is never reported with data within the time of the setting', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8760 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (hours, part) => {
          assert.equal(findStaleness(setTo(hours), dataset('a', hours * part)), undefined);
          assert.ok(findStaleness(setTo(hours), dataset('a', hours + 0.01 + part)));
        },
      ),
    );
  });
});
