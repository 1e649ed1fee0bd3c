import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  findUnknownIds,
  getKnowledge,
  nearestIds,
  type IdKnowledge,
} from '../../../../src/features/editor/unknownIdSearch';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Account } from '../../../../src/core/services/contract/signIn';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ListState } from '../../../../src/core/store/store';
import { startService } from '../../../support/service';

const KNOWN = 'dg_3f2a7c10-5b1e-4d61-9a44-0c8e5f7b2d11';
const GONE = 'dg_00000000-5b1e-4d61-9a44-0c8e5f7b2d11';

const COMPLETE: ListState = {
  ...{ loaded: 1, total: 1, reading: false, stale: false, dirty: false, readAt: 1, failedAt: undefined },
};

function createAccount(id: string, more: Partial<Account> = {}): Account {
  return { id, service: 'cja', name: id, production: false, sample: false, settings: {}, ...more };
}

function row(kind: Resource['kind'], id: string): Resource {
  return {
    path: childPath(accountPath('a'), kind, id),
    kind,
    id,
    label: `Name of ${id}`,
    hasChildren: false,
  };
}

/** A store with one connection below each account. */
function storeWith(
  states: Readonly<Record<string, Partial<ListState>>> = {},
  rows: readonly Resource[] = [row('connection', KNOWN)],
): Parameters<typeof getKnowledge>[0] {
  return {
    find: (id) => rows.filter((each) => each.id === id),
    rows: () => rows,
    state: (path) => ({ ...COMPLETE, ...states[path] }),
  };
}

describe('An ID that no account has', () => {
  it('is unknown if the lists of all accounts that could have it are complete', () => {
    const accounts = [createAccount('a'), createAccount('b')];
    assert.equal(getKnowledge(storeWith(), accounts, GONE), 'unknown');
    assert.equal(getKnowledge(storeWith(), accounts, GONE.toUpperCase().replace('DG_', 'dg_')), 'unknown');
    assert.equal(getKnowledge(storeWith(), accounts, KNOWN), 'known');
  });

  it('is undecided while a list is missing, being loaded, stale, failed or only a part', () => {
    const accounts = [createAccount('a'), createAccount('b')];
    const states: readonly Partial<ListState>[] = [
      { readAt: undefined },
      { reading: true },
      { stale: true },
      { dirty: true },
      { failedAt: 2 },
      { total: 2 },
    ];
    for (const state of states) {
      const store = storeWith({ [accountPath('b')]: state });
      assert.equal(getKnowledge(store, accounts, GONE), 'undecided', JSON.stringify(state));
    }
    for (const kind of ['more', 'problem'] as const)
      assert.equal(getKnowledge(storeWith({}, [row(kind, 'x')]), accounts, GONE), 'undecided', kind);
  });

  it('is undecided if an account limits its list', () => {
    for (const key of ['connectionIds', 'sandboxId', 'sandboxName', 'includeType']) {
      const accounts = [createAccount('a'), createAccount('b', { settings: { [key]: 'x' } })];
      assert.equal(getKnowledge(storeWith(), accounts, GONE), 'undecided', key);
    }
  });

  it('is not decided for other forms of IDs, and without an account of the service', () => {
    for (const id of [
      'dv_0123456789abcdef01234567',
      '0123456789abcdef01234567',
      'PUBLIC',
      'dg_1',
      GONE.slice(3),
    ])
      assert.equal(getKnowledge(storeWith(), [createAccount('a')], id), undefined, id);
    assert.equal(getKnowledge(storeWith(), [createAccount('a', { service: 'immuta' })], GONE), undefined);
    assert.equal(getKnowledge(storeWith(), [], GONE), undefined);
  });

  it('is found with its place in a document, once for each occurrence', () => {
    const lines = [`const id = "${GONE}";`, `x ${KNOWN}`, `${GONE}/${GONE}`];
    const knows = (id: string): IdKnowledge | undefined =>
      id === GONE ? 'unknown' : id === KNOWN ? 'known' : undefined;
    const found = findUnknownIds({ lineAt: (line) => lines[line] ?? '' }, lines.length, knows);
    assert.deepEqual(found, {
      unknown: [
        { id: GONE, line: 0, start: 12, end: 51 },
        { id: GONE, line: 2, start: 0, end: 39 },
        { id: GONE, line: 2, start: 40, end: 79 },
      ],
      isUndecided: false,
    });
  });

  it('is looked up once, however often it occurs, and is marked no more than 100 times', () => {
    const asked: string[] = [];
    const knows = (id: string): IdKnowledge => {
      asked.push(id);
      return 'unknown';
    };
    const { unknown } = findUnknownIds({ lineAt: () => GONE }, 5000, knows);
    assert.deepEqual([unknown.length, asked], [100, [GONE]]);
  });

  it('gets suggestions that differ in a few characters, the nearest first', () => {
    const rows = [KNOWN, `${KNOWN.slice(0, -2)}99`, `${KNOWN.slice(0, -1)}9`, 'dg_1'].map((id) =>
      row('connection', id),
    );
    const typed = `${KNOWN.slice(0, -1)}8`;
    assert.deepEqual(
      nearestIds(typed, rows).map(({ id }) => id),
      [KNOWN, `${KNOWN.slice(0, -1)}9`, `${KNOWN.slice(0, -2)}99`],
    );
    assert.deepEqual(nearestIds(GONE.replaceAll('1', '7'), rows), []);
  });

  it('never gets a suggestion of another length, or one that differs in more than four characters', () => {
    const hex = fc.stringMatching(/^[\da-f]{8}$/);
    fc.assert(
      fc.property(hex, fc.array(hex), (id, others) => {
        const rows = others.map((other) => row('connection', other));
        return nearestIds(id, rows).every(
          ({ id: near }) => Array.from(near).filter((character, at) => character !== id[at]).length <= 4,
        );
      }),
    );
  });

  it('is told from those of a real list, once that is loaded', async () => {
    await using served = await startService('cja', { connections: 3, datasets: 1 });
    const { store, account } = served;
    assert.equal(getKnowledge(store, [account], GONE), 'undecided');
    await store.load(accountPath(account.id), { all: true });
    assert.equal(getKnowledge(store, [account], GONE), 'unknown');
    const [connection] = store.rows(accountPath(account.id)) ?? [];
    assert.equal(getKnowledge(store, [account], connection?.id ?? ''), 'known');
  });
});
