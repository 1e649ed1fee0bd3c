import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as vscode from 'vscode';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { arrange } from '../../../../src/features/connections/arrangeGroups';
import { groupCommands } from '../../../../src/features/connections/groupCommands';
import { refreshCommands } from '../../../../src/features/connections/refreshCommands';
import { GROUP_KINDS } from '../../../../src/features/connections/groupKinds';
import { TreeGroups } from '../../../../src/features/connections/groups';
import { FakeStorage } from '../../../support/fakes/accounts';
import { openStorage } from '../../../support/fakes/storage';
import { account, page, resource } from '../../../support/fakes/store';
import type { StatusState } from '../../../../src/shared/status';
import { stopTimers, TreeWindow } from './treeWindow';

function connection(id: string, sandbox?: string, state?: StatusState): Resource {
  return {
    ...resource(account, 'connection', id),
    ...(sandbox !== undefined && { searchAttributes: { sandbox } }),
    ...(state && { status: { state, label: state } }),
  };
}

const [web, app, shop, lost] = [
  connection('web', 'prod', 'failed'),
  connection('app', 'dev', 'ok'),
  connection('shop', 'prod', 'ok'),
  connection('lost'),
];
const dataset = resource(web.path, 'dataset', 'ds');
const broken = resource(account, 'problem', 'p', 'Broken');
const section = (id: string, list = account): ResourcePath => childPath(list, 'section', id);

function open(): TreeWindow {
  const window = new TreeWindow();
  window.served.lists.set(account, [web, app, shop, lost]);
  window.served.lists.set(web.path, [dataset]);
  return window;
}

function texts(items: readonly vscode.TreeItem[]): readonly string[] {
  return items.map(({ label, description = '' }) => {
    assert.ok(typeof label === 'string' && typeof description === 'string');
    return `${label} | ${description}`;
  });
}

function ids(items: readonly vscode.TreeItem[]): readonly unknown[] {
  return items.map(({ id }) => id);
}

describe('Groups of connections', () => {
  it('contain every connection once, in an order independent of that of the list', () => {
    const rows = fc.array(
      fc.record({
        sandbox: fc.option(fc.constantFrom('prod', 'dev', 'Ä', 'A\u0308', '', 'a/b', '='), {
          nil: undefined,
        }),
        state: fc.option(fc.constantFrom<StatusState>('ok', 'failed', 'queued', 'unknown'), {
          nil: undefined,
        }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(...GROUP_KINDS), (made, kind) => {
        const connections = made.map(({ sandbox, state }, at) => connection(String(at), sandbox, state));
        const arranged = arrange(account, connections, kind);
        if (!arranged) return;
        const members = [...arranged.groups.values()].flat();
        assert.deepEqual(new Set(members), new Set(connections));
        assert.equal(members.length, connections.length);
        assert.deepEqual(
          arranged.rows.map(({ path }) => path),
          [...arranged.groups.keys()],
        );
        assert.equal(new Set(arranged.groups.keys()).size, arranged.groups.size);
        const again = arrange(account, connections.toReversed(), kind);
        assert.deepEqual(again && [...again.groups.keys()], [...arranged.groups.keys()]);
      }),
    );
  });

  it('show what needs attention first, connections without a value last, and other rows around them', () => {
    const rows = [broken, lost, app, web, shop, resource(account, 'more', 'next')];
    const labels = (kind: 'sandbox' | 'state'): readonly (string | undefined)[] =>
      arrange(account, rows, kind)?.rows.map(({ label, description = '' }) => `${label} | ${description}`) ??
      [];
    assert.deepEqual(labels('sandbox'), [
      'Broken | ',
      'dev | 1 connection',
      'prod | 2 connections',
      'No sandbox | 1 connection',
      'next | ',
    ]);
    assert.deepEqual(labels('state'), [
      'Broken | ',
      'failed | 1 connection',
      'OK | 2 connections',
      'status unknown | 1 connection',
      'next | ',
    ]);
    assert.equal(arrange(account, rows, 'owner'), undefined, 'nobody has one');
  });

  it('are stored for windows of the workspace that open later', () => {
    const shared = new FakeStorage();
    const inWindow = <T>(workspace: string, act: (groups: TreeGroups) => T): T => {
      const storage = openStorage({ shared, workspace });
      const groups = new TreeGroups(storage);
      const result = act(groups);
      groups.dispose();
      storage.dispose();
      return result;
    };
    const kindIn = (workspace: string): unknown => inWindow(workspace, ({ kind }) => kind);
    inWindow('w1', (groups) => {
      groups.set('owner');
    });
    assert.deepEqual([kindIn('w1'), kindIn('w2')], ['owner', undefined]);
    inWindow('w1', (groups) => {
      groups.set(undefined);
    });
    assert.equal(kindIn('w1'), undefined);
  });
});

describe('The tree with groups', () => {
  stopTimers();

  it('shows connections below groups, and finds the parent and the children of each', async () => {
    using window = open();
    window.groups.set('sandbox');
    const groups = await window.draw();
    assert.deepEqual(texts(groups), [
      'dev | 1 connection',
      'prod | 2 connections',
      'No sandbox | 1 connection',
    ]);
    assert.deepEqual(
      groups.map(({ collapsibleState, contextValue, command }) => [collapsibleState, contextValue, command]),
      Array.from({ length: 3 }, () => [1, 'section.refresh', undefined]),
    );
    const prod = section('sandbox=prod');
    assert.deepEqual(ids(await window.draw(prod)), [web.path, shop.path]);
    assert.deepEqual(ids(await window.draw(web.path)), [dataset.path]);
    const { provider } = window;
    for (const [path, parent] of [
      [dataset.path, web.path],
      [web.path, prod],
      [prod, undefined],
      [lost.path, section('sandbox=')],
    ] as const)
      assert.equal(await provider.getParent(path), parent);
    const group = provider.resourceAt(prod);
    assert.deepEqual([provider.has(prod), group.kind, group.label], [true, 'section', 'prod']);
    const [, item] = groups;
    assert.ok(item);
    const { tooltip } = await provider.resolveTreeItem(item, prod);
    assert.equal((tooltip as vscode.MarkdownString).value, '**prod**');
  });

  it('knows no group of a connection whose list is not loaded', async () => {
    using window = open();
    window.groups.set('sandbox');
    assert.deepEqual(
      [await window.provider.getParent(web.path), window.provider.withMembers([section('sandbox=prod')])],
      [undefined, [section('sandbox=prod')]],
    );
  });

  it('stands for its connections where it is dragged, each once', async () => {
    using window = open();
    window.groups.set('sandbox');
    await window.draw();
    const dragged = [web.path, section('sandbox=prod'), dataset.path];
    assert.deepEqual(window.provider.withMembers(dragged), [web.path, shop.path, dataset.path]);
    assert.deepEqual(window.provider.withMembers([section('sandbox=gone')]), [section('sandbox=gone')]);
  });

  it('is refreshed with the list that it is in, once', async () => {
    using window = open();
    window.groups.set('sandbox');
    await window.draw();
    const { store } = window.served;
    const rows = ['sandbox=prod', 'sandbox=dev'].map((id) => window.provider.resourceAt(section(id)));
    const targets = { selected: () => rows };
    const context = { targets, store } as unknown as Parameters<typeof refreshCommands.refresh.handler>[0];
    const before = window.served.asked(account);
    await refreshCommands.refresh.handler(context)();
    assert.equal(window.served.asked(account), before + 1);
  });

  it('has groups below each account if there are several, and leaves lists unchanged that have nothing to group by', async () => {
    using window = new TreeWindow({}, ['a', 'b']);
    window.served.lists.set(account, [web, app]);
    const [, other] = window.served.store.accounts();
    assert.ok(other);
    const plain = resource(other.path, 'connection', 'x');
    window.served.lists.set(other.path, [plain]);
    window.groups.set('sandbox');
    assert.deepEqual(ids(await window.draw()), [account, other.path]);
    assert.deepEqual(ids(await window.draw(account)), [section('sandbox=dev'), section('sandbox=prod')]);
    assert.deepEqual(ids(await window.draw(other.path)), [plain.path]);
    assert.deepEqual(
      await Promise.all(
        [section('sandbox=dev'), web.path, plain.path].map((path) => window.provider.getParent(path)),
      ),
      [account, section('sandbox=prod'), other.path],
    );
  });

  it('filters inside of groups, and says if nothing is left', async () => {
    using window = open();
    window.groups.set('sandbox');
    window.filter.set('web');
    assert.deepEqual(texts(await window.draw()), ['prod | 1 connection']);
    window.filter.set('nothing has this name');
    assert.deepEqual(texts(await window.draw()), ['No matches | ']);
  });

  it('groups what Load More loads', async () => {
    using window = open();
    window.groups.set('sandbox');
    window.served.lists.set(account, page([web], { total: 2 }));
    assert.deepEqual(texts(await window.draw()), ['prod | 1 connection']);
    await window.draw(section('sandbox=prod'));
    await window.look();
    window.served.lists.set(account, [web, app]);
    await window.served.store.refresh(account);
    assert.deepEqual(await window.look(), ['all']);
    assert.deepEqual(texts(await window.draw()), ['dev | 1 connection', 'prod | 1 connection']);
  });

  it('moves a connection whose state changed, as one change of the whole list', async () => {
    using window = open();
    window.groups.set('state');
    await window.draw();
    const [failed, ok] = [section('state=failed'), section('state=ok')];
    await window.draw(failed);
    await window.draw(ok);
    await window.draw(web.path);
    await window.look();
    window.served.lists.set(account, [{ ...web, status: { state: 'ok', label: 'ok' } }, app, shop, lost]);
    await window.served.store.refresh(account);
    assert.deepEqual(await window.look(), ['all']);
    assert.deepEqual(ids(await window.draw(ok)), [web.path, app.path, shop.path]);
    assert.equal(await window.provider.getParent(web.path), ok);
    assert.equal(window.provider.resourceAt(web.path).status?.state, 'ok');
  });

  it('redraws only a connection that stays in its group, even if it joined it before it left another', async () => {
    using window = open();
    window.groups.set('state');
    await window.draw();
    const [failed, ok] = [section('state=failed'), section('state=ok')];
    for (const path of [failed, ok]) await window.draw(path);
    window.served.lists.set(account, [{ ...web, status: { state: 'ok', label: 'ok' } }, app, shop, lost]);
    await window.served.store.refresh(account);
    await window.look();
    await window.draw(ok);
    await window.provider.getChildren(failed);
    await window.look();
    window.served.lists.set(account, [
      { ...web, label: 'Renamed', status: { state: 'ok', label: 'ok' } },
      ...[app, shop, lost],
    ]);
    await window.served.store.refresh(account);
    assert.deepEqual(await window.look(), [[web.path]]);
  });

  it('is unchanged without groups', async () => {
    using window = open();
    window.groups.set('sandbox');
    await window.draw();
    await window.draw(section('sandbox=prod'));
    await window.look();
    window.groups.set(undefined);
    assert.deepEqual(await window.look(), ['all']);
    assert.deepEqual(ids(await window.draw()), [web.path, app.path, shop.path, lost.path]);
    assert.equal(await window.provider.getParent(web.path), undefined);
  });

  it('marks what is watched below a group, and nothing else', async () => {
    const never = (): never => assert.fail('not asked');
    using window = new TreeWindow({
      runs: { fetchRuns: never, batches: never, times: never, isActive: () => true },
    });
    window.served.lists.set(account, [web, app, shop]);
    window.groups.set('sandbox');
    await window.draw();
    await window.draw(section('sandbox=prod'));
    await window.look();
    window.watches.set(web.path, 'watched');
    assert.deepEqual(await window.look(), [[web.path]]);
    const { contextValue } = await window.provider.getTreeItem(web.path);
    assert.equal(contextValue, 'connection.id.json.refresh.unwatch.pin');
  });
});

describe('Group Connections By…', () => {
  const run = async (window: TreeWindow, choice?: string): Promise<readonly string[]> => {
    editor.inputs.choices.push(choice);
    await groupCommands.groupConnections.handler({ treeFilter: window.filter, treeGroups: window.groups })();
    return editor.inputs.offered.map(({ label, iconPath, description }) =>
      [label, iconPath?.id, ...(description === undefined ? [] : [description])].join(' '),
    );
  };

  it('offers attributes of the connections, and marks the current one', async () => {
    using window = open();
    assert.deepEqual(await run(window), [
      'Sandbox blank',
      'Owner blank',
      'State blank',
      'None check Current',
    ]);
    await window.draw();
    assert.deepEqual(await run(window, 'Sandbox'), ['Sandbox blank', 'State blank', 'None check Current']);
    assert.equal(window.groups.kind, 'sandbox');
    assert.deepEqual(await run(window), ['Sandbox check Current', 'State blank', 'None blank']);
    assert.equal(window.groups.kind, 'sandbox', 'Escape changes nothing');
    await run(window, 'None');
    assert.equal(window.groups.kind, undefined);
  });

  it('says why if there is nothing to group by', async () => {
    using window = open();
    window.served.lists.set(account, [lost]);
    await window.draw();
    await groupCommands.groupConnections.handler({ treeFilter: window.filter, treeGroups: window.groups })();
    assert.match(editor.inputs.texts.join(), /cannot be grouped/);
  });
});
