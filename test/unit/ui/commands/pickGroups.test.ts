import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accountPath, childPath, getAccountId } from '../../../../src/core/services/contract/path';
import { KINDS, type ResourceKind, traitsOfKind } from '../../../../src/shared/kinds';
import { groupByKind, MAX_RECENT_SHOWN, withRecent } from '../../../../src/ui/commands/pickGroups';

const createEntry = (resourceKind: ResourceKind, account: string, id = '1') => ({
  resourceKind,
  path: childPath(accountPath(account), resourceKind, id),
});

const kinds = fc.constantFrom(...(Object.keys(KINDS) as ResourceKind[]));
const entries = fc
  .record({ kind: kinds, account: fc.constantFrom('a', 'b'), id: fc.nat(20) })
  .map(({ kind, account, id }) => createEntry(kind, account, String(id)));
const lists = fc.uniqueArray(entries, { selector: ({ path }) => path, maxLength: 30 });

describe('The groups of a quick pick', () => {
  it('contain each entry once, in order, with one kind of one account in each', () => {
    fc.assert(
      fc.property(lists, (items) => {
        const groups = groupByKind(items, getAccountId);
        assert.deepEqual(new Set(groups.flatMap((group) => group.items)), new Set(items));
        for (const { items: members } of groups) {
          assert.equal(
            new Set(members.map(({ resourceKind, path }) => `${resourceKind} ${getAccountId(path)}`)).size,
            1,
          );
          assert.deepEqual(
            members,
            items.filter((item) => members.includes(item)),
          );
        }
      }),
    );
  });

  it('start with connections and end with runs, whatever was first', () => {
    fc.assert(
      fc.property(lists, (items) => {
        const order = groupByKind(items, () => undefined).flatMap((group) =>
          group.items.map(({ resourceKind }) => resourceKind),
        );
        const isLate = (kind: ResourceKind): boolean => traitsOfKind(kind).isRun === true || kind === 'task';
        const firstLate = order.findIndex(isLate);
        const resources = order
          .slice(firstLate < 0 ? order.length : firstLate)
          .filter((kind) => traitsOfKind(kind).hasId);
        assert.ok(resources.every(isLate));
        assert.ok(
          order.lastIndexOf('connection') <
            (order.findIndex((kind) => kind !== 'connection') + 1 || Infinity),
        );
      }),
    );
  });

  it('are named after the kind, and the account if there are several', () => {
    const items = [createEntry('task', 'a'), createEntry('connection', 'b'), createEntry('connection', 'a')];
    const titles = (name: typeof getAccountId | (() => undefined)): readonly string[] =>
      groupByKind(items, name).map(({ title }) => title);
    assert.deepEqual(titles(getAccountId), ['Connections · b', 'Connections · a', 'Tasks · a']);
    assert.deepEqual(
      titles(() => undefined),
      ['Connections', 'Connections', 'Tasks'],
    );
  });

  it('show recently used rows on top, and only there', () => {
    fc.assert(
      fc.property(lists, fc.nat(8), (items, count) => {
        const recent = items.slice(0, count);
        const [first, ...others] = withRecent(recent, groupByKind(items, getAccountId));
        assert.equal(first?.title, 'recently used');
        assert.deepEqual(first.items, recent.slice(0, MAX_RECENT_SHOWN));
        const below = others.flatMap((group) => group.items);
        assert.deepEqual(new Set([...first.items, ...below]), new Set(items));
        assert.ok(!below.some((item) => first.items.includes(item)));
      }),
    );
  });
});
