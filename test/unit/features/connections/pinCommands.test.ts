import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { pinCommands } from '../../../../src/features/connections/pinCommands';
import { views } from '../../../../src/shared/contributions';
import { WorkspacePaths } from '../../../../src/ui/storage/workspacePaths';
import { openStorage } from '../../../support/fakes/storage';
import { account, resource } from '../../../support/fakes/store';

type Context = Parameters<(typeof pinCommands)['pin']['handler']>[0];

const [shop, web, run] = [
  resource(account, 'connection', 'dg_1', 'Shop'),
  resource(account, 'connection', 'dg_2', 'Web'),
  resource(account, 'run', 'r1', 'Run'),
];

describe('Pinning', () => {
  let pins: WorkspacePaths;
  let focused: readonly ResourcePath[] = [];
  const rows: readonly Resource[] = [shop, web, run];

  function press(command: keyof typeof pinCommands, ...args: readonly unknown[]): Promise<void> {
    const context = {
      pins,
      view: { rowsAtFocus: () => Promise.resolve(focused) },
      store: { get: (path: ResourcePath) => rows.find((row) => row.path === path) },
      targets: {
        some: (_kinds: unknown, path: unknown, paths: unknown) =>
          Promise.resolve(rows.filter((row) => [path, paths].flat().includes(row.path))),
        getItems: (list: ReadonlyMap<ResourcePath, string>) =>
          [...list].map(([path, label]) => ({ path, label })),
        groups: (items: readonly unknown[]) => [{ title: 'Connections', items }],
      },
    };
    return Promise.resolve(pinCommands[command].handler(context as unknown as Context)(...args));
  }
  const pinned = (): readonly ResourcePath[] => [...pins.list().keys()];

  beforeEach(() => {
    editor.reset();
    focused = [];
    const accounts = { list: () => [{ id: 'a' }], onDidChange: () => ({ dispose: () => undefined }) };
    pins = new WorkspacePaths(openStorage(), accounts, { prefix: 'pin:' });
  });

  it('names the row that was pinned, and the number of several', async () => {
    await press('pin', shop.path);
    assert.deepEqual(pinned(), [shop.path]);
    await press('pin', shop.path, [shop.path, web.path]);
    assert.deepEqual(new Set(pinned()), new Set([shop.path, web.path]));
    assert.deepEqual(editor.inputs.statusMessages, ['$(check) Pinned Shop', '$(check) Pinned 2 rows']);
  });

  it('says nothing if no row was chosen', async () => {
    await press('pin');
    await press('unpin', shop.path);
    assert.deepEqual([editor.inputs.statusMessages, pinned()], [[], []]);
  });

  it('names the row that was unpinned, and the number of several', async () => {
    await press('pin', shop.path, [shop.path, web.path]);
    await press('unpin', shop.path, [shop.path, web.path]);
    await press('pin', shop.path);
    await press('unpin', shop.path);
    assert.deepEqual(pinned(), []);
    assert.deepEqual(editor.inputs.statusMessages, [
      ...['$(check) Pinned 2 rows', '$(check) Unpinned 2 rows'],
      ...['$(check) Pinned Shop', '$(check) Unpinned Shop'],
    ]);
  });

  it('is undone for the focused rows if the command is given none', async () => {
    await press('pin', shop.path, [shop.path, web.path]);
    focused = [web.path];
    await press('unpin');
    assert.deepEqual([pinned(), editor.inputs.picks], [[shop.path], []]);
  });

  it('of the focused rows pins those that can be, and unpins them if all are pinned', async () => {
    focused = [shop.path, run.path];
    await press('pin', views.connections);
    assert.deepEqual(pinned(), [shop.path]);
    focused = [shop.path];
    await press('pin', views.connections);
    assert.deepEqual(pinned(), []);
    focused = [run.path];
    await press('pin', views.connections);
    focused = [];
    await press('pin', views.connections);
    const cannot = '$(check) This row cannot be pinned';
    assert.deepEqual(editor.inputs.statusMessages, [
      ...['$(check) Pinned Shop', '$(check) Unpinned Shop', cannot, cannot],
    ]);
  });

  it('offers the pinned rows where none is named, and says if there are none', async () => {
    await press('unpin');
    assert.deepEqual(editor.inputs.texts, ['Nothing is pinned.']);
    await press('pin', shop.path);
    editor.inputs.choices.push('Shop');
    await press('unpin');
    assert.deepEqual(pinned(), []);
  });
});
