import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { Emitter } from '../../../../src/core/base/emitter';
import {
  accountPath,
  ancestry,
  childPath,
  type ResourcePath,
} from '../../../../src/core/services/contract/path';
import { UnseenChanges } from '../../../../src/features/connections/unseenChanges';

const account = accountPath('a');
const shop = childPath(account, 'connection', 'shop');
const web = childPath(account, 'connection', 'web');
const orders = childPath(shop, 'dataset', 'orders');
const everything = [account, shop, web, orders];

/** The tree or the panels, and the viewed rows. */
class Looked {
  readonly changes = new Emitter<undefined>();
  readonly onDidChangeSelection = this.changes.event;
  visible = true;
  selection: readonly ResourcePath[] = [];

  select(...paths: readonly ResourcePath[]): void {
    this.selection = paths;
    this.changes.fire(undefined);
  }
}

class Panels {
  readonly changes = new Emitter<undefined>();
  readonly onDidChangeVisible = this.changes.event;
  visible: readonly ResourcePath[] = [];

  show(...paths: readonly ResourcePath[]): void {
    this.visible = paths;
    this.changes.fire(undefined);
  }
}

function open(): { unseen: UnseenChanges; tree: Looked; panels: Panels; fired: (readonly ResourcePath[])[] } {
  const [unseen, tree, panels] = [new UnseenChanges(), new Looked(), new Panels()];
  const fired: (readonly ResourcePath[])[] = [];
  unseen.follow(tree, panels);
  unseen.onDidChange((paths) => fired.push(paths));
  return { unseen, tree, panels, fired };
}

describe('unseen changes', () => {
  it('are marked, and so are the rows above them', () => {
    const { unseen, fired } = open();
    unseen.mark([orders]);
    assert.deepEqual(
      everything.map((path) => unseen.of(path)),
      ['below', 'below', undefined, 'changed'],
    );
    assert.deepEqual(fired, [[orders, shop, account]]);
    unseen.mark([orders]);
    assert.equal(fired.length, 1, 'nothing looks different');
  });

  it('are seen when the row is selected, or its panel is shown', () => {
    const { unseen, tree, panels } = open();
    unseen.mark([shop, web]);
    tree.select(web);
    assert.deepEqual([unseen.of(web), unseen.of(shop), unseen.of(account)], [undefined, 'changed', 'below']);
    panels.show(shop);
    assert.deepEqual([unseen.of(shop), unseen.of(account)], [undefined, undefined]);
  });

  it('are not seen with the row above them, but with a row below them', () => {
    const { unseen, tree } = open();
    unseen.mark([shop, orders]);
    tree.select(account);
    assert.equal(unseen.of(shop), 'changed');
    tree.select(orders);
    assert.deepEqual([unseen.of(shop), unseen.of(orders)], [undefined, undefined]);
  });

  it('are not marked while the user looks at them, but are if the view is hidden', () => {
    const { unseen, tree } = open();
    tree.select(web);
    unseen.mark([web]);
    assert.equal(unseen.of(web), undefined);
    tree.visible = false;
    unseen.mark([web]);
    assert.equal(unseen.of(web), 'changed');
  });

  it('are forgotten with removed rows, of that account only', () => {
    const { unseen } = open();
    const other = childPath(accountPath('b'), 'connection', 'c');
    unseen.mark([shop, orders, web, other]);
    unseen.keep(account, [shop]);
    assert.deepEqual(
      [shop, orders, web, other].map((path) => unseen.of(path)),
      ['changed', 'changed', undefined, 'changed'],
    );
  });

  it('fire one event for all rows that look different, whatever happens', () => {
    const path = fc.constantFrom(...everything);
    const step = fc.record({
      kind: fc.constantFrom('mark', 'select', 'show', 'keep'),
      paths: fc.array(path),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { unseen, tree, panels, fired } = open();
        for (const { kind, paths } of steps) {
          const before = everything.map((each) => unseen.of(each));
          fired.length = 0;
          if (kind === 'mark') unseen.mark(paths);
          else if (kind === 'select') tree.select(...paths);
          else if (kind === 'show') panels.show(...paths);
          else unseen.keep(account, paths);
          const differing = everything.filter((each, at) => unseen.of(each) !== before[at]);
          assert.ok(fired.length <= 1);
          for (const each of differing) assert.ok(fired.flat().includes(each), each);
          for (const each of everything)
            if (unseen.of(each) === 'changed')
              for (const above of ancestry(each)) assert.ok(unseen.of(above), above);
        }
      }),
    );
  });
});
