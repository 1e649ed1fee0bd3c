import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import type * as vscode from 'vscode';
import type { Cursor, Page } from '../../../../src/core/services/contract/page';
import { HttpError } from '../../../../src/core/http/errors';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { account, createAccount, page, resource, settle } from '../../../support/fakes/store';
import { stopTimers, TreeWindow } from './treeWindow';
import { idleActions } from '../../../support/getAction';

const connection = resource(account, 'connection', 'c', 'Web');
const other = resource(account, 'connection', 'd', 'App');
const dataset = resource(connection.path, 'dataset', 'ds', 'Clicks');
const down = new HttpError('server', 'Down.');
const broken: Resource = {
  ...resource(account, 'problem', 'p', 'An item is broken.'),
  problem: { title: 'An item is broken.', detail: 'It has no ID.', retryable: false },
};

function runsWhere(isLive: (resource: Resource) => boolean): NonNullable<Session['runs']> {
  const never = (): never => assert.fail('not asked');
  return { fetchRuns: never, batches: never, times: never, isActive: isLive };
}

/** The tree of one account with two connections, the first of which has a dataset. */
function open(parts: Partial<Session> = {}): TreeWindow {
  const window = new TreeWindow(parts);
  window.served.lists.set(account, [connection, other]);
  window.served.lists.set(connection.path, [dataset]);
  return window;
}

/** Changes the answer of a list, and reloads it. */
async function reread(
  window: TreeWindow,
  path: ResourcePath,
  rows: readonly Resource[] | Page | Error,
): Promise<void> {
  window.served.lists.set(path, rows);
  await window.served.store.refresh(path);
}

const labels = (items: readonly vscode.TreeItem[]): readonly unknown[] => items.map(({ label }) => label);

describe('The rows of the tree', () => {
  it('are the connections of the only account, and the accounts if there are several', async () => {
    using one = open();
    assert.deepEqual(labels(await one.draw()), ['Web', 'App']);
    assert.deepEqual(labels(await one.draw(connection.path)), ['Clicks']);
    assert.equal(await one.provider.getParent(connection.path), undefined);
    assert.equal(await one.provider.getParent(dataset.path), connection.path);
    using two = new TreeWindow({}, ['a', 'b']);
    two.served.lists.set(account, [connection]);
    assert.deepEqual(labels(await two.draw()), ['Account a', 'Account b']);
    assert.deepEqual(labels(await two.draw(account)), ['Web']);
    assert.deepEqual(
      [await two.provider.getParent(connection.path), await two.provider.getParent(account)],
      [account, undefined],
    );
    using none = new TreeWindow({}, []);
    assert.deepEqual(await none.draw(), []);
  });

  it('of accounts show service, worst state and counts of what is loaded, also in words, without a request', async () => {
    using window = new TreeWindow({}, ['a', 'b']);
    const states = ['failed', 'ok', 'running', 'failed', 'queued', 'warning', 'ok'] as const;
    const rows = states.map((state, at) => ({
      ...resource(account, 'connection', `c${at}`),
      status: { state, label: 'x' },
    }));
    window.served.lists.set(account, page(rows));
    const [before] = await window.draw();
    assert.deepEqual(
      [before?.description, JSON.stringify(before?.iconPath)],
      ['Adobe Customer Journey Analytics', '{"id":"graph-line"}'],
    );
    await window.draw(account);
    await window.look();
    const asked = window.served.calls.length;
    const [item = assert.fail(), other] = await window.draw();
    const words = '2 failed, 1 needs attention, 1 in progress, 1 queued';
    const description = `${words} · Adobe Customer Journey Analytics · 7 connections`;
    assert.equal(item.description, description);
    assert.equal(other?.description, 'Adobe Customer Journey Analytics');
    assert.deepEqual(JSON.parse(JSON.stringify(item.iconPath)), {
      id: 'graph-line',
      color: { id: 'problemsErrorIcon.foreground' },
    });
    const { label } = item.accessibilityInformation ?? assert.fail();
    for (const part of ['Account a', 'failed', description]) assert.ok(label.includes(part), label);
    const resolved = await window.provider.resolveTreeItem(item, account);
    const text = (resolved.tooltip as vscode.MarkdownString).value.replaceAll(
      /&#(\d+);/g,
      (_, code: string) => String.fromCodePoint(Number(code)),
    );
    assert.match(text, /Service: Adobe Customer Journey Analytics\s+Connections: 7 connections\s+failed: 2/);
    assert.ok(!text.includes('unknown'), 'no connection is in that state');
    assert.equal(window.served.calls.length, asked);
  });

  it('of accounts follow changes below them, and stay unchanged otherwise', async () => {
    using window = new TreeWindow({}, ['a', 'b']);
    window.served.lists.set(account, page([connection, other]));
    await window.draw();
    await window.draw(account);
    await window.look();
    await reread(window, account, [{ ...other, label: 'App 2' }, connection]);
    assert.deepEqual(await window.look(), [[other.path]]);
    const status = { state: 'failed', label: '1 failed' } as const;
    await reread(window, account, [{ ...other, status }, connection]);
    assert.deepEqual((await window.look()).flat().toSorted(), [account, other.path].toSorted());
    const [item] = await window.draw();
    assert.match(String(item?.description), /^1 failed · .* · 2 connections$/);
  });

  it('of accounts say how much is loaded while that is not all', async () => {
    using window = new TreeWindow({}, ['a', 'b']);
    const rest = { nextCursors: ['2' as Cursor], loading: 'onDemand', total: 40 } as const;
    window.served.lists.set(account, page([connection, other], rest));
    await window.draw();
    await window.draw(account);
    await window.look();
    const [item] = await window.draw();
    assert.match(String(item?.description), / · 2 of 40 connections loaded$/);
  });

  it('represent their resource in every part', async () => {
    using window = open();
    const status = { state: 'failed', label: '1 failed' } as const;
    window.served.lists.set(account, [{ ...connection, description: 'prod', status }]);
    const [item] = await window.draw();
    assert.deepEqual(JSON.parse(JSON.stringify(item)), {
      label: 'Web',
      collapsibleState: 1,
      id: connection.path,
      description: '1 failed · prod',
      iconPath: { id: 'error', color: { id: 'problemsErrorIcon.foreground' } },
      contextValue: 'connection.id.json.refresh.pin',
      accessibilityInformation: { label: 'Web, failed, Connection, 1 failed · prod' },
    });
  });

  it('expand by a click if there is something below, and show their details otherwise', async () => {
    using window = open();
    window.served.lists.set(account, [connection, { ...other, hasChildren: false }]);
    const commands = async (): Promise<readonly unknown[]> =>
      (await window.draw()).map(({ command }) => command?.command);
    assert.deepEqual(await commands(), [undefined, 'connectionsExplorer.openRow']);
    window.fired.length = 0;
    editor.set('connectionsExplorer.clickAction', 'showDetails');
    assert.deepEqual(window.fired, ['all'], 'the rows follow the setting');
    assert.deepEqual(await commands(), ['connectionsExplorer.openRow', 'connectionsExplorer.openRow']);
    editor.set('connectionsExplorer.pageSize', 50);
    assert.deepEqual(window.fired, ['all'], 'and no other');
  });

  it('report missing data according to the setting, at once when it changes', async () => {
    using window = open();
    const lastAt = new Date(Date.now() - 5 * 86_400_000).toISOString();
    window.served.lists.set(connection.path, [{ ...dataset, newData: { lastAt, isOff: false } }]);
    await window.draw();
    const descriptions = async (): Promise<readonly unknown[]> => {
      const items = [...(await window.draw(connection.path)), ...(await window.draw())];
      return items.slice(0, 2).map(({ description }) => description);
    };
    assert.deepEqual(await descriptions(), ['', '']);
    window.fired.length = 0;
    editor.set('connectionsExplorer.noNewDataHours', 100);
    assert.deepEqual(window.fired, ['all']);
    assert.deepEqual(await descriptions(), ['no new data (newest 5 days ago)', 'no new data in 1 dataset']);
    editor.set('connectionsExplorer.noNewDataHours', 200);
    assert.deepEqual(await descriptions(), ['', '']);
  });

  it('can be expanded if there is something below, and clicked if that shows something', async () => {
    using window = open();
    const field = { ...resource(account, 'group', 'g', 'Data views'), hasChildren: false };
    window.served.lists.set(account, [field]);
    const [item] = await window.draw();
    assert.deepEqual(
      [item?.collapsibleState, item?.command, JSON.stringify(item?.iconPath)],
      [0, undefined, '{"id":"folder"}'],
    );
  });

  it('are those that match the filter, at the root and after a change', async () => {
    using window = open();
    window.filter.set('web');
    assert.deepEqual(labels(await window.draw()), ['Web']);
    assert.deepEqual(await window.look(), ['all']);
    window.filter.set('');
    assert.deepEqual(await window.look(), ['all']);
    assert.deepEqual(labels(await window.draw()), ['Web', 'App']);
  });

  it('say if no connection matches the filter, with a command that clears it, beside rows of other kinds', async () => {
    using window = open();
    window.served.lists.set(account, page([connection, other, broken]));
    window.filter.set('nothing has this name');
    const [row, ...others] = await window.draw();
    assert.deepEqual(
      [row?.label, row?.contextValue, row?.collapsibleState, row?.command?.command, labels(others)],
      ['No matches', 'noMatch', 0, 'connectionsExplorer.openRow', ['An item is broken.']],
    );
    window.filter.set('web');
    assert.deepEqual(labels(await window.draw()), ['An item is broken.', 'Web']);
    window.served.lists.set(connection.path, [dataset]);
    window.filter.set('nothing has this name');
    assert.deepEqual(labels(await window.draw(connection.path)), ['Clicks'], 'datasets are not filtered');
  });

  it('shorten a failure that a row above reports already', async () => {
    using window = open();
    window.served.lists.set(account, page([connection, broken]));
    await window.draw();
    const cause = new HttpError('server', 'Down.', { code: '503' });
    await reread(window, account, cause);
    window.served.lists.set(connection.path, cause);
    const [row] = await window.draw(connection.path);
    assert.match(String(row?.description), /same problem as above/);
  });

  it('exist without a session too, and then offer nothing', async () => {
    using window = open({ webLink: () => 'https://example.invalid/' });
    await window.draw();
    window.served.session = () => Promise.reject(down);
    assert.equal(
      (await window.provider.getTreeItem(connection.path)).contextValue,
      'connection.id.json.refresh.pin',
    );
  });
});

describe('The menu of a row', () => {
  const live = ({ id }: Resource): boolean => id === 'live';
  const offers = async (
    parts: Partial<Session>,
    kind: ResourceKind,
    id = 'x',
    mark: (window: TreeWindow, path: ResourcePath) => void = () => undefined,
  ): Promise<readonly string[]> => {
    using window = open(parts);
    const row = resource(account, kind, id);
    window.served.lists.set(account, [row]);
    mark(window, row.path);
    const [item] = await window.draw();
    const all = item?.contextValue?.split('.') ?? [];
    return all.filter((word) => !['id', 'json', 'refresh', 'pin', kind].includes(word));
  };

  it('offers a page and a shorter ID if the service has them', async () => {
    assert.deepEqual(await offers({ webLink: () => 'https://example.invalid/' }, 'connection'), ['link']);
    assert.deepEqual(await offers({ shortId: () => 'x1' }, 'connection'), ['shortId']);
    assert.deepEqual(await offers({ shortId: () => undefined }, 'connection'), []);
  });

  it('offers the status of backfills if there are any at or below it', async () => {
    const has = async (kind: ResourceKind): Promise<boolean> =>
      (await offers({ hasBackfills: true }, kind)).includes('status');
    for (const kind of ['connection', 'dataset', 'backfill'] as const) assert.ok(await has(kind), kind);
    for (const kind of ['dataView', 'group', 'entity'] as const) assert.ok(!(await has(kind)), kind);
    assert.deepEqual(await offers({ hasBackfills: false }, 'connection'), []);
    using several = new TreeWindow({ hasBackfills: true }, ['a', 'b']);
    assert.equal((await several.draw())[0]?.contextValue, 'account.refresh.status');
  });

  it('offers the glossary of an account whose service has one', async () => {
    const glossaryTerms = (): Promise<readonly []> => Promise.resolve([]);
    using several = new TreeWindow({ glossaryTerms }, ['a', 'b']);
    assert.equal((await several.draw())[0]?.contextValue, 'account.refresh.glossary');
    assert.deepEqual(await offers({ glossaryTerms }, 'connection'), []);
  });

  it('offers to watch what is or may become active, and to stop that', async () => {
    const runs = runsWhere(live);
    const watched = (window: TreeWindow, path: ResourcePath): void => {
      window.watches.set(path, 'watched');
    };
    assert.deepEqual(await offers({ runs }, 'connection', 'live'), ['watch']);
    assert.deepEqual(await offers({ runs }, 'connection'), ['watchFor']);
    assert.deepEqual(await offers({ runs }, 'connection', 'x', watched), ['unwatch']);
    assert.deepEqual(await offers({ runs }, 'run', 'live'), ['watch']);
    for (const kind of ['run', 'backfill'] as const)
      assert.deepEqual(await offers({ runs }, kind), [], 'over');
    for (const kind of ['dataView', 'field', 'entity'] as const)
      assert.deepEqual(await offers({ runs }, kind, 'live', watched), [], kind);
    assert.deepEqual(await offers({}, 'connection', 'live', watched), [], 'a service without runs');
  });

  it('offers the actions of the service, each verb once, and during a deletion only the reason why not', async () => {
    const actions = idleActions('edit', 'delete', 'start', 'start');
    assert.deepEqual(await offers({ actions }, 'connection'), ['can-edit', 'can-delete', 'can-start']);
    const deleted = (window: TreeWindow, path: ResourcePath): void => {
      window.ongoing.deleted.add(path);
    };
    assert.deepEqual(await offers({ actions }, 'connection', 'x', deleted), ['can-edit', 'can-delete']);
  });
});

describe('What VS Code redraws', () => {
  stopTimers();

  it('is a row whose menu has changed', async () => {
    using window = open({ runs: runsWhere(() => true) });
    await window.draw();
    window.watches.set(connection.path, 'watched');
    assert.deepEqual(await window.look(), [[connection.path]]);
  });

  it('is compared once: unaffected rows are skipped', async () => {
    let compared = 0;
    using window = open({
      webLink: () => {
        compared++;
        return undefined;
      },
    });
    await window.draw();
    await window.look();
    compared = 0;
    window.watches.changes.fire([connection.path]);
    await window.look();
    assert.ok(compared > 0);
    compared = 0;
    await window.look();
    assert.equal(compared, 0);
  });

  it('is three of a thousand if three look different: no other is drawn anew, and no list asked for', async () => {
    using window = open();
    const rows = Array.from({ length: 1000 }, (_, at) => resource(account, 'connection', `c${at}`));
    const changed = rows.map((row, at) =>
      at % 333 === 1 && at < 999 ? { ...row, description: 'new' } : row,
    );
    window.served.lists.set(account, page(rows));
    await window.draw();
    const drawn = mock.method(window.provider, 'getTreeItem');
    const listed = mock.method(window.provider, 'getChildren');
    await reread(window, account, page(changed));
    await window.look();
    assert.deepEqual([drawn.mock.callCount(), listed.mock.callCount()], [3, 0]);
    assert.deepEqual(
      drawn.mock.calls.map(({ arguments: [path] }) => path),
      [1, 334, 667].map((at) => rows[at]?.path),
    );
  });

  it('is found among very many rows too, in time slices', async () => {
    using window = open({
      webLink: () => {
        const end = performance.now() + 3;
        while (performance.now() < end);
        return undefined;
      },
    });
    const rows = Array.from({ length: 6 }, (_, at) => resource(account, 'connection', `c${at}`));
    window.served.lists.set(account, rows);
    await window.draw();
    const last = rows[5] ?? assert.fail();
    await reread(window, account, [...rows.slice(0, 5), { ...last, label: 'New' }]);
    assert.deepEqual(await window.look(), [[last.path]]);
  });

  it('is nothing for a row that is gone, and the root if its list is there', async () => {
    using window = open();
    await window.draw();
    await window.served.store.load(connection.path);
    await window.provider.getTreeItem(dataset.path);
    await reread(window, connection.path, []);
    window.watches.changes.fire([dataset.path]);
    assert.deepEqual(await window.look(), []);
    window.served.replaceAccounts(createAccount('a'));
    window.provider.flush();
    window.fired.length = 0;
    window.watches.changes.fire([account]);
    window.provider.flush();
    await settle();
    await settle();
    assert.deepEqual(window.fired, ['all']);
  });

  it('is no row that looks unchanged, whatever else was loaded', async () => {
    using window = open();
    await window.draw();
    await window.draw(connection.path);
    await reread(window, account, [{ ...connection, json: { id: 'c', more: 1 } }, other]);
    assert.deepEqual(await window.look(), []);
    assert.ok(window.looks > 0, 'who shows counts is told all the same');
  });

  it('is only the row that looks different', async () => {
    using window = open();
    await window.draw();
    await window.draw(connection.path);
    await reread(window, account, [connection, { ...other, description: 'new' }]);
    assert.deepEqual(await window.look(), [[other.path]]);
    await reread(window, connection.path, [{ ...dataset, label: 'Orders' }]);
    assert.deepEqual(await window.look(), [[dataset.path]]);
    window.ongoing.set(connection.path, 'Validate');
    assert.deepEqual(await window.look(), [[connection.path]]);
    assert.equal((await window.provider.getTreeItem(connection.path)).description, 'Validate');
    window.ongoing.set(connection.path, undefined);
    await window.look();
    window.unseen.mark([dataset.path]);
    assert.deepEqual(await window.look(), [[dataset.path, connection.path]]);
    assert.equal((await window.provider.getTreeItem(dataset.path)).description, 'status changed');
    assert.equal((await window.provider.getTreeItem(connection.path)).description, 'changes below');
  });

  it('is the list if rows were added, removed or moved', async () => {
    using window = open();
    await window.draw();
    await window.draw(connection.path);
    await reread(window, connection.path, []);
    assert.deepEqual(await window.look(), [[connection.path]]);
    await reread(window, account, [other, connection]);
    assert.deepEqual(await window.look(), ['all'], 'those at the root have no row above them');
  });

  it('is nothing that was never drawn, and nothing of lists that were never expanded', async () => {
    using window = open();
    await window.provider.getChildren();
    await window.served.store.load(connection.path);
    await reread(window, account, [{ ...connection, label: 'New' }, other]);
    await reread(window, connection.path, [{ ...dataset, label: 'New' }]);
    assert.deepEqual(await window.look(), []);
  });

  it('is a row whose tooltip has changed, if it was ever shown', async () => {
    let value = '1';
    using window = open({ properties: () => [{ label: 'Rows', value }] });
    const [item] = await window.draw();
    value = '2';
    await window.served.store.refresh(account);
    assert.deepEqual(await window.look(), [], 'nobody has read it');
    await window.provider.resolveTreeItem(item ?? assert.fail(), connection.path);
    await window.served.store.refresh(account);
    assert.deepEqual(await window.look(), []);
    value = '3';
    await window.served.store.refresh(account);
    assert.deepEqual(await window.look(), [[connection.path]]);
  });

  it('is a row whose tooltip showed properties that are no longer known', async () => {
    using window = open({ properties: () => [{ label: 'Rows', value: '1' }] });
    const [item] = await window.draw();
    await window.provider.resolveTreeItem(item ?? assert.fail(), connection.path);
    window.served.session = () => Promise.reject(down);
    window.watches.changes.fire([connection.path]);
    assert.deepEqual(await window.look(), [[connection.path]]);
  });

  it('is everything if the accounts themselves changed', async () => {
    using window = open();
    await window.draw();
    window.served.replaceAccounts(createAccount('a'), createAccount('b'));
    assert.deepEqual(await window.look(), ['all']);
  });

  it('is fired once for changes that come together, and never after disposal', async () => {
    using window = open();
    window.filter.preview('a');
    window.filter.preview('ab');
    mock.timers.tick(49);
    assert.equal(window.looks, 0);
    mock.timers.tick(1);
    assert.equal(window.looks, 1);
    mock.timers.tick(1000);
    assert.equal(window.looks, 1);
    let asked = 0;
    window.served.session = () => {
      asked++;
      return Promise.reject(down);
    };
    window.watches.set(connection.path, 'watched');
    window.provider.dispose();
    mock.timers.tick(1000);
    window.ongoing.set(connection.path, 'Delete');
    mock.timers.tick(1000);
    await settle();
    assert.equal(asked, 0);
    window.fired.length = 0;
    let expansions = 0;
    window.provider.onDidExpand(() => expansions++);
    window.filter.preview('c');
    mock.timers.tick(1000);
    window.served.replaceAccounts();
    window.provider.flush();
    window.provider.setExpanded(connection.path, true);
    assert.deepEqual([window.looks, window.fired, expansions], [1, [], 0]);
  });

  it('is not debounced twice: what was checked at once needs no timer', () => {
    using window = open();
    window.filter.preview('a');
    window.provider.flush();
    mock.timers.tick(1000);
    assert.equal(window.looks, 1);
    window.filter.preview('b');
    mock.timers.tick(50);
    assert.equal(window.looks, 2);
  });
});

describe('A row that VS Code holds', () => {
  it('is known while the view has it, and fires when it is gone', async () => {
    using window = open();
    window.served.lists.set(account, page([connection, broken]));
    assert.equal(window.provider.has(connection.path), false);
    await window.draw();
    assert.equal(window.provider.resourceAt(broken.path).problem?.detail, 'It has no ID.');
    assert.ok(window.provider.has(broken.path));
    await window.served.store.load(connection.path);
    assert.ok(window.provider.has(dataset.path), 'the store knows it');
    const nowhere = childPath(account, 'connection', 'nowhere');
    assert.equal(window.provider.has(nowhere), false);
    assert.throws(() => window.provider.resourceAt(nowhere), {
      kind: 'notFound',
      message: /row no longer exists/,
    });
  });

  it('is the newest known state, marked if its list could not be reloaded', async () => {
    using window = open();
    await window.draw();
    await reread(window, account, down);
    await window.draw();
    const row = window.provider.resourceAt(connection.path);
    assert.deepEqual([row.stale, row.label], [true, 'Web']);
    assert.match(String((await window.provider.getTreeItem(connection.path)).description), /may be outdated/);
    await reread(window, account, [{ ...connection, label: 'Newer' }]);
    await window.look();
    assert.equal(window.provider.resourceAt(connection.path).label, 'Newer');
  });

  it('is expanded from when its rows are requested until the view reports that it was collapsed', async () => {
    using window = open();
    let fired = 0;
    window.provider.onDidExpand(() => fired++);
    await window.draw();
    assert.equal(window.provider.isExpanded(connection.path), false);
    await window.draw(connection.path);
    assert.deepEqual([window.provider.isExpanded(connection.path), fired], [true, 1]);
    window.provider.setExpanded(connection.path, true);
    assert.equal(fired, 1);
    window.provider.setExpanded(connection.path, false);
    window.provider.setExpanded(connection.path, false);
    assert.deepEqual([window.provider.isExpanded(connection.path), fired], [false, 2]);
    window.provider.setExpanded(connection.path, true);
    await reread(window, account, [other]);
    await window.draw();
    assert.equal(window.provider.isExpanded(connection.path), false, 'it is gone');
  });

  it('reloads its list when it is viewed', async () => {
    using window = open();
    const { served, provider } = window;
    const inner = resource(dataset.path, 'backfill', 'b');
    served.lists.set(dataset.path, [inner]);
    await window.draw();
    await window.draw(connection.path);
    await window.draw(dataset.path);
    await served.store.refresh(account);
    await window.look();
    assert.deepEqual([served.asked(connection.path), served.asked(dataset.path)], [1, 1], 'nobody looks');
    provider.setExpanded(dataset.path, false);
    provider.setVisible(true);
    await settle();
    await window.look();
    assert.deepEqual([served.asked(connection.path), served.asked(dataset.path)], [2, 1], 'it is closed');
    provider.setExpanded(dataset.path, true);
    await served.store.refresh(account);
    await window.look();
    assert.deepEqual([served.asked(connection.path), served.asked(dataset.path)], [3, 2]);
    provider.setVisible(false);
    await served.store.refresh(connection.path);
    await window.look();
    assert.equal(served.asked(dataset.path), 2);
    provider.setVisible(true);
    await settle();
    assert.equal(served.asked(dataset.path), 3, 'what lies below one that is up to date');
    provider.setVisible(false);
    await served.store.refresh(account);
    await window.look();
    assert.equal(served.asked(connection.path), 4);
  });
});

describe('An account whose sign-in fails', () => {
  const refused = new HttpError('permission', 'Unknown.', { blamesAccount: true }).ofAccount({
    ...{ id: 'a', name: 'Account a', service: 'S', secrets: [], addresses: [], hasPages: false },
  });

  it('can be edited from its row, with or without a session, and from the tooltip of the failure', async () => {
    using window = new TreeWindow({}, ['a', 'b']);
    window.served.lists.set(account, refused);
    await window.draw();
    const [failure] = await window.draw(account);
    assert.ok(failure?.id);
    const abilities = async (): Promise<unknown> => (await window.provider.getTreeItem(account)).contextValue;
    assert.equal(await abilities(), 'account.refresh.editAccount');
    const { tooltip } = await window.provider.resolveTreeItem(failure, failure.id as ResourcePath);
    const { value, isTrusted } = tooltip as vscode.MarkdownString;
    const argument = encodeURIComponent(JSON.stringify([failure.id]));
    assert.ok(
      value.endsWith(`\n\n[Edit Account…](command:connectionsExplorer.editAccount?${argument})`),
      value,
    );
    assert.deepEqual(isTrusted, { enabledCommands: ['connectionsExplorer.editAccount'] });
    window.served.session = () => Promise.reject(down);
    assert.equal(await abilities(), 'account.refresh.editAccount');
    await reread(window, account, [connection]);
    assert.equal(await abilities(), 'account.refresh');
  });

  it('has no link in the tooltips of its other failures', async () => {
    using window = new TreeWindow({}, ['a', 'b']);
    window.served.lists.set(account, down);
    await window.draw();
    const [failure] = await window.draw(account);
    assert.ok(failure?.id);
    const { tooltip } = await window.provider.resolveTreeItem(failure, failure.id as ResourcePath);
    const { value, isTrusted } = tooltip as vscode.MarkdownString;
    assert.deepEqual([value.includes(']('), isTrusted], [false, false]);
  });
});

describe('The tooltip of a row', () => {
  const getTooltip = async (window: TreeWindow, path: ResourcePath): Promise<string> => {
    const items = await window.draw();
    const item = items.find(({ id }) => id === path) ?? assert.fail(path);
    const { tooltip } = await window.provider.resolveTreeItem(item, path);
    return (tooltip as vscode.MarkdownString).value.replaceAll(/&#(\d+);/g, (_, code) =>
      String.fromCodePoint(Number(code)),
    );
  };

  it('says why its resource failed, if the service tells', async () => {
    const reports: Session['reports'] = {
      title: () => 'Errors',
      explainsFailure: ({ id }) => id === 'c',
      read: () =>
        Promise.resolve({ columns: [], rows: [], summary: [{ label: 'Error', value: 'Disk full' }] }),
    };
    using window = open({ reports });
    assert.match(await getTooltip(window, connection.path), /Disk full/);
    assert.doesNotMatch(await getTooltip(window, other.path), /Disk full/);
  });

  it('shows times exactly, with their zone, and the ID of a user without a name', async () => {
    const facts = [
      { label: 'Created', value: '2024-03-31 14:06 UTC', date: '2024-03-31T14:06:00Z' },
      { label: 'Owner', value: 'Unknown user', hint: 'FA3A14D0@AdobeID' },
    ];
    using window = open({ properties: () => facts });
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    assert.equal(timeZone, 'UTC', 'of the tests');
    assert.equal(
      await getTooltip(window, connection.path),
      '**Web**  \nCreated: March 31, 2024 at 2:06:00 PM UTC  \nOwner: Unknown user (FA3A14D0@AdobeID)',
    );
  });

  it('shows the name, the status and the properties, and what watching means', async () => {
    using window = open({ properties: () => [{ label: 'Owner', value: '**Ann**' }] });
    const status = { state: 'running', label: 'IN_PROGRESS' } as const;
    const run = { ...resource(account, 'run', 'r', 'Load'), status };
    window.served.lists.set(account, [run, connection]);
    assert.equal(await getTooltip(window, run.path), '**Load**  \nStatus: in progress  \nOwner: **Ann**');
    for (const { path } of [run, connection]) window.watches.set(path, 'watched');
    const long = open({ properties: () => [{ label: 'Long', value: 'x'.repeat(2000) }] });
    assert.equal((await getTooltip(long, connection.path)).length, '**Web**  \n'.length + 1000);
    long[Symbol.dispose]();
    assert.match(
      await getTooltip(window, run.path),
      /\n\nWatching\. You will be notified when this run ends\.$/,
    );
    assert.equal(
      await getTooltip(window, connection.path),
      '**Web**  \nOwner: **Ann**\n\nWatching. You will be notified when current and future runs end.',
    );
  });

  it('of a problem says why, where and what to do, also without a session', async () => {
    using window = open();
    window.served.lists.set(account, page([broken]));
    await window.draw();
    window.served.session = () => Promise.reject(down);
    assert.equal(
      await getTooltip(window, broken.path),
      '**An item is broken.**  \nAccount: Account a (Adobe Customer Journey Analytics)\n\nIt has no ID.',
    );
    const advised = { ...broken, problem: { title: 'No.', detail: 'Why.', advice: 'Try.', retryable: true } };
    using second = open();
    second.served.lists.set(account, page([advised]));
    assert.match(await getTooltip(second, broken.path), /\n\nWhy\.\n\nTry\.$/);
  });

  it('shows only the reason if the account cannot be opened', async () => {
    using window = open();
    const [item] = await window.draw();
    window.served.session = () => Promise.reject(down);
    await assert.rejects(window.provider.resolveTreeItem(item ?? assert.fail(), connection.path), down);
  });
});

describe('Pinned rows', () => {
  it('are on top of their list, say so, and move back when they are unpinned', async () => {
    using window = open();
    assert.deepEqual(labels(await window.draw()), ['Web', 'App']);
    window.pins.add([other]);
    assert.deepEqual(await window.look(), ['all']);
    const [first] = await window.draw();
    assert.deepEqual([first?.label, first?.description], ['App', 'pinned']);
    assert.match(first?.contextValue ?? '', /\.unpin\b/);
    window.pins.add([dataset]);
    assert.deepEqual(labels(await window.draw(connection.path)), ['Clicks']);
    window.pins.remove([other.path]);
    assert.deepEqual(labels(await window.draw()), ['Web', 'App']);
    assert.match((await window.draw())[1]?.contextValue ?? '', /\.pin\b/);
  });

  it('load nothing by themselves, and stay below a filter and below problems', async () => {
    using window = open();
    window.pins.add([other, dataset]);
    window.served.lists.set(account, [broken, connection, other]);
    assert.deepEqual(labels(await window.draw()), ['An item is broken.', 'App', 'Web']);
    assert.deepEqual([window.served.asked(account), window.served.asked(connection.path)], [1, 0]);
    window.filter.preview('web');
    assert.deepEqual(labels(await window.draw()), ['An item is broken.', 'Web']);
  });

  it('say so when they are no longer listed, and can then be unpinned', async () => {
    using window = open();
    window.pins.add([other]);
    await window.draw();
    await reread(window, account, [connection]);
    const [gone, ...others] = await window.draw();
    assert.deepEqual([gone?.label, gone?.description], ['App', 'no longer listed · pinned']);
    assert.match(gone?.contextValue ?? '', /^problem\b.*\.unpin\b/);
    assert.deepEqual(labels(others), ['Web']);
    window.pins.remove([other.path]);
    assert.deepEqual(labels(await window.draw()), ['Web']);
  });

  it('are not reported as gone while a part of the list is missing', async () => {
    const lists: readonly (readonly Resource[] | ReturnType<typeof page> | Error)[] = [
      page([connection], { loading: 'onDemand', nextCursors: ['2' as never] }),
      page([connection], { loading: 'onDemand', total: 2 }),
      [broken, connection],
      down,
    ];
    for (const list of lists) {
      using window = open();
      window.pins.add([other]);
      window.served.lists.set(account, list);
      assert.ok(!labels(await window.draw()).includes('App'), JSON.stringify(list));
    }
  });

  it('are those with permanent rows: runs cannot be pinned', async () => {
    using window = open();
    window.served.lists.set(connection.path, [resource(connection.path, 'backfill', 'b'), dataset]);
    await window.draw();
    const [backfill, row] = await window.draw(connection.path);
    assert.doesNotMatch(backfill?.contextValue ?? '', /\.pin\b/);
    assert.match(row?.contextValue ?? '', /\.pin\b/);
  });
});
