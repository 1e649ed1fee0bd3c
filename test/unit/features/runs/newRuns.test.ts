import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../../../src/core/services/contract/path';
import type { RunEntry } from '../../../../src/core/services/contract/runs';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { newRuns } from '../../../../src/features/runs/applyToStore';
import { account, resource } from '../../../support/fakes/store';

const list = childPath(account, 'dataset', 'd1');
const more = { ...resource(list, 'more', 'next'), kind: 'more' } as const;

/** A run that started on a day of November. */
function run(day: number, parent = list): Resource {
  return resource(parent, 'backfill', String(day).padStart(2, '0'));
}

function reported(...runs: readonly Resource[]): readonly RunEntry[] {
  return runs.map((one) => ({ run: one, ancestors: [] }));
}

const judge = { times: ({ id }: Resource) => ({ created: `2026-11-${id}` }) };

/** The loaded data: one list. */
function loaded(...rows: readonly Resource[]): Parameters<typeof newRuns>[2] {
  return {
    get: (path) => rows.find((row) => row.path === path),
    rows: (path) => (path === list ? rows : undefined),
  };
}

describe('runs that are newer than their list', () => {
  it('are all that a complete list does not contain', () => {
    const found = newRuns(reported(run(9), run(8), run(3)), judge, loaded(run(8), run(5)));
    assert.deepEqual([...found], [[list, [run(9), run(3)]]]);
    assert.deepEqual([...newRuns(reported(run(9)), judge, loaded())], [[list, [run(9)]]]);
  });

  it('are only those that started after all that a part of a list shows', () => {
    const found = newRuns(reported(run(9), run(7), run(3)), judge, loaded(run(8), run(5), more));
    assert.deepEqual([...found], [[list, [run(9)]]]);
    const begun = { times: ({ id }: Resource) => ({ started: `2026-11-${id}` }) };
    assert.equal(newRuns(reported(run(9), run(7)), begun, loaded(run(8), more)).get(list)?.length, 1);
    const undated = { times: () => ({}) };
    assert.equal(newRuns(reported(run(9)), undated, loaded(run(8), more)).size, 0);
  });

  it('are none if no list was loaded, or if the settings of the account exclude them', () => {
    const elsewhere = run(9, childPath(account, 'dataset', 'd2'));
    assert.equal(newRuns(reported(elsewhere), judge, loaded(run(8))).size, 0);
    const narrowed = { ...judge, matchesListFilter: ({ id }: Resource) => id !== '09' };
    assert.equal(newRuns(reported(run(9)), narrowed, loaded(run(8))).size, 0);
  });
});
