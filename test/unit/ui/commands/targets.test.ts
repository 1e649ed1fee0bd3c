import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Targets } from '../../../../src/ui/commands/targets';
import { account, resource } from '../../../support/fakes/store';

const [a, b, c] = ['a', 'b', 'c'].map((id) => resource(account, 'connection', id)) as [
  Resource,
  Resource,
  Resource,
];
const set = resource(a.path, 'dataset', 's');
const [run, other] = [resource(set.path, 'backfill', 'r'), resource(set.path, 'backfill', 'o')];
const all = [a, b, c, set];

/** Where the user is in the tree. */
interface Place {
  readonly visible?: boolean;
  readonly selection?: readonly Resource[];
  readonly focus?: readonly Resource[];
  /** The same in the view of runs, which nobody sees unless it is given. */
  readonly runs?: Omit<Place, 'runs'>;
}

type TargetParts = ConstructorParameters<typeof Targets>[0];

function targetsAt(
  { visible = true, selection = [], focus = selection, runs }: Place,
  parts: Partial<TargetParts> = {},
): Targets {
  const paths = (rows: readonly Resource[]): readonly ResourcePath[] => rows.map(({ path }) => path);
  return new Targets({
    store: {} as never,
    tree: {
      has: () => true,
      resourceAt: (path) => all.find((row) => row.path === path) ?? assert.fail(path),
    },
    view: {
      visible,
      selection: paths(selection),
      rowsAtFocus: () => (visible ? Promise.resolve(paths(focus)) : assert.fail('nobody sees it')),
    },
    runs: {
      visible: runs !== undefined,
      selectedRows: () => runs?.selection ?? [],
      rowsAtFocus: () => Promise.resolve(runs?.focus ?? runs?.selection ?? []),
      resourceAt: () => undefined,
    },
    selected: { rows: () => runs?.selection ?? selection },
    recent: { list: () => new Map(), add: () => undefined, remove: () => undefined },
    ...parts,
  });
}

const kinds = ['connection'] as const;

describe('The rows that a command acts on without arguments, as from the Command Palette', () => {
  beforeEach(() => {
    editor.reset();
  });

  it('are where the keyboard is, which arrow keys move without selecting', async () => {
    const targets = targetsAt({ selection: [a], focus: [b] });
    assert.deepEqual(await targets.given(kinds, undefined, undefined), [b]);
    assert.deepEqual(await targets.among(kinds, undefined, undefined), [b]);
  });

  it('are the selection where the keyboard is in it, or nobody sees the view', async () => {
    assert.deepEqual(await targetsAt({ selection: [a, b] }).given(kinds, undefined, undefined), [a, b]);
    const hidden = targetsAt({ visible: false, selection: [a] });
    assert.deepEqual(await hidden.given(kinds, undefined, undefined), [a]);
  });

  it('are in the view of runs where that had the focus last', async () => {
    const given = (runs: Place): Promise<readonly Resource[]> =>
      targetsAt({ selection: [a], runs }).given(['backfill'], undefined, undefined);
    assert.deepEqual(await given({ focus: [run] }), [run]);
    assert.deepEqual(await given({ selection: [run] }), [run]);
    assert.deepEqual(await given({ selection: [other], focus: [run] }), [run]);
  });

  it('are for what changes something those that are selected, and beside them where the keyboard is', async () => {
    const at = (place: Place): Promise<unknown> => targetsAt(place).atHand(kinds, undefined, undefined);
    assert.deepEqual(await at({ selection: [a], focus: [b] }), { named: [], focused: [b] });
    assert.deepEqual(await at({ focus: [b] }), { named: [], focused: [b] });
    assert.deepEqual(await at({ selection: [a, b] }), { named: [a, b], focused: [] });
    assert.deepEqual(await at({ focus: [set] }), { named: [], focused: [] });
  });

  it('are for what acts on everything else the selection alone', () => {
    const targets = targetsAt({ selection: [a], focus: [b] });
    assert.deepEqual(targets.selected(kinds, undefined, undefined), [a]);
  });
});

describe('The rows that a command acts on with arguments, as from a menu', () => {
  it('are these, wherever the user is in the tree', async () => {
    const targets = targetsAt({ selection: [a], focus: [b] });
    assert.deepEqual(await targets.given(kinds, c.path, undefined), [c]);
    assert.deepEqual(await targets.atHand(kinds, c.path, [c.path, a.path]), { named: [c, a], focused: [] });
    assert.deepEqual(targets.selected(kinds, c.path, undefined), [c]);
  });

  it('skip those of other kinds, and name them', async () => {
    editor.reset();
    assert.deepEqual(await targetsAt({}).given(kinds, a.path, [a.path, set.path]), [a]);
    assert.deepEqual(editor.inputs.texts, ['Skipped because the command does not apply: "s".']);
  });
});

describe('A resource that is chosen', () => {
  it('is no longer recently used if it is gone, but is if it could not be read', async () => {
    for (const [kind, forgotten] of [
      ['notFound', [a.path]],
      ['network', []],
    ] as const) {
      const removed: ResourcePath[] = [];
      const targets = targetsAt(
        {},
        {
          store: { resolve: () => Promise.reject(new HttpError(kind, 'No.')) } as never,
          recent: {
            ...{ list: () => new Map(), add: () => undefined },
            remove: (paths) => void removed.push(...paths),
          },
        },
      );
      await assert.rejects(targets.take(a.path), { kind });
      assert.deepEqual(removed, forgotten);
    }
  });

  it('is not offered if what is loaded cannot be listed, which is no choice of nothing', async () => {
    const accounts = (): never => {
      throw new RangeError('fault');
    };
    const targets = targetsAt({}, { store: { accounts } as never });
    await assert.rejects(targets.choose(kinds, 'Copy ID'), RangeError);
  });
});
