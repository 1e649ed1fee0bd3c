import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { refreshCommands } from '../../../../src/features/connections/refreshCommands';
import { account, resource } from '../../../support/fakes/store';

type Context = Parameters<(typeof refreshCommands)['retry']['handler']>[0];

describe('A command that loads lists', () => {
  const [shop, web] = [resource(account, 'connection', 'c1'), resource(account, 'connection', 'c2')];

  /** The calls of the store. */
  async function calls(
    name: 'refresh' | 'refreshAll' | 'retry' | 'loadMore' | 'loadAll',
    rows: readonly Resource[] = [],
  ): Promise<readonly string[]> {
    editor.reset();
    const done: string[] = [];
    const store = {
      get: (path: ResourcePath) => resource(path, 'connection', 'x', path),
      getFailure: () => undefined,
      refresh: (path: ResourcePath | undefined) =>
        Promise.resolve(void done.push(`refresh ${path ?? 'all'}`)),
      retry: (path: ResourcePath) => Promise.resolve(void done.push(`retry ${path}`)),
      loadMore: (path: ResourcePath, { all }: { all: boolean }) =>
        Promise.resolve(void done.push(`load ${all ? 'all' : 'more'} ${path}`)),
    };
    const targets = { selected: () => rows, given: () => Promise.resolve(rows) };
    await refreshCommands[name].handler({ targets, store } as unknown as Context)();
    return done;
  }

  it('reloads the lists of the rows, or everything if there are none', async () => {
    assert.deepEqual(await calls('refresh', [shop]), [`refresh ${shop.path}`]);
    assert.deepEqual(await calls('refresh', [shop, web]), [`refresh ${shop.path}`, `refresh ${web.path}`]);
    assert.deepEqual(await calls('refresh'), ['refresh all']);
    assert.deepEqual(await calls('refreshAll', [shop]), ['refresh all']);
  });
});

describe('Commands for missing rows', () => {
  for (const [name, message] of [
    ['retry', 'Nothing to retry. Select a row that shows a problem.'],
    ['loadMore', 'Nothing to load. Select the row "Load More" at the end of a list.'],
    ['loadAll', 'Nothing to load. Select the row "Load More" at the end of a list.'],
  ] as const)
    it(`explain why they do nothing: ${name}`, async () => {
      editor.reset();
      const targets = { given: () => Promise.resolve([]) };
      await refreshCommands[name].handler({ targets } as unknown as Context)();
      assert.deepEqual(editor.inputs.texts, [message]);
    });
});
