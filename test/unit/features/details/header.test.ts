import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toHeader, type HeaderSource } from '../../../../src/features/details/header';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { Session } from '../../../../src/core/services/contract/service';
import { account, createAccount, resource } from '../../../support/fakes/store';
import { idleAction } from '../../../support/getAction';

const connection = resource(account, 'connection', 'c', 'Web \u202Eevents');
const session: Session = {
  verify: () => Promise.resolve({ name: 'Ann' }),
  children: () => Promise.reject(new Error('not asked')),
  read: () => Promise.reject(new Error('not asked')),
  glossaryTerms: () => Promise.resolve([]),
  properties: () => [],
  webLink: () => 'https://example.invalid/',
  requestTemplate: () => undefined,
  shortId: () => undefined,
  dispose: () => undefined,
  actions: () => [
    idleAction({
      ...{ id: 'del', verb: 'delete', title: 'Delete…', confirmation: 'typeName' },
      input: { kind: 'none' },
    }),
  ],
};
const source: HeaderSource = {
  path: connection.path,
  resource: { ...connection, status: { state: 'failed', label: '2 failed' } },
  account: { ...createAccount('a'), production: true },
  session,
  ancestors: [{ path: account, resource: resource(account, 'account', 'a', 'Account a') }],
  state: { kind: 'fresh' },
  busy: false,
  tabs: ['json'],
  pinned: false,
};
const unknown: HeaderSource = {
  ...source,
  resource: undefined,
  session: undefined,
  state: { kind: 'loading' },
};

describe('the header of a panel', () => {
  it('shows what the resource is, where it is, and its actions', () => {
    const header = toHeader(source);
    assert.deepEqual(
      [header.label, header.kind, header.id, header.ancestors, header.production],
      [
        'Web events'.replace('  ', ' \u0020'),
        'Connection',
        'c',
        [{ path: account, label: 'Account a' }],
        true,
      ],
    );
    assert.deepEqual(header.status, { state: 'failed', label: '2 failed', text: '2 failed' });
    assert.deepEqual(header.commands, [
      'refresh',
      'reveal',
      'copyId',
      'copyLink',
      'openJson',
      'openInBrowser',
      'pin',
    ]);
    assert.deepEqual(header.actions, [{ id: 'del', title: 'Delete…', destructive: true }]);
  });

  it('names in its tab also the nearest parent that is not a group', () => {
    const above = (...resources: readonly Resource[]): HeaderSource['ancestors'] => [
      ...source.ancestors,
      ...resources.map((each) => ({ path: each.path, resource: each })),
    ];
    const dataset = resource(connection.path, 'dataset', 'd', 'Orders');
    const group = resource(connection.path, 'group', 'tasks', 'Tasks');
    const getTitle = (shown: Resource, ancestors: HeaderSource['ancestors']): string =>
      toHeader({ ...source, resource: shown, ancestors }).tabTitle;
    assert.equal(toHeader(source).tabTitle, toHeader(source).label);
    assert.equal(getTitle(dataset, above(connection)), 'Web events: Orders');
    assert.equal(
      getTitle(resource(dataset.path, 'backfill', 'b', '2026-03-15 – …'), above(connection, dataset)),
      'Orders: 2026-03-15 – …',
    );
    assert.equal(
      getTitle(resource(group.path, 'task', 't', 'Sync'), above(connection, group)),
      'Web events: Sync',
    );
    assert.equal(getTitle(group, above(connection)), 'Web events: Tasks');
    assert.equal(
      toHeader({ ...unknown, lastTitle: 'Orders', lastTabTitle: 'Web: Orders' }).tabTitle,
      'Web: Orders',
    );
    assert.equal(toHeader({ ...unknown, lastTitle: 'Orders' }).tabTitle, 'Orders');
  });

  it('lists deleting actions last, whatever the service lists first', () => {
    const action = { confirmation: 'confirm', input: { kind: 'none' } } as const;
    const actions = [
      idleAction({ ...action, id: 'del', verb: 'delete', title: 'Delete…' }),
      idleAction({ ...action, id: 'edit', verb: 'edit', title: 'Edit…' }),
    ];
    const header = toHeader({ ...source, session: { ...session, actions: () => actions } });
    assert.deepEqual(
      header.actions.map(({ id, destructive }) => [id, destructive]),
      [
        ['edit', false],
        ['del', true],
      ],
    );
  });

  it('has the icon of its kind and no ID for an account, and no row to reveal for the only one', () => {
    const row: Resource = {
      ...{ path: account, kind: 'account', id: 'a', label: 'Retail', hasChildren: true },
      searchAttributes: { service: 'cja' },
    };
    const only = { ...source, path: account, resource: row, ancestors: [] };
    const header = toHeader(only);
    assert.deepEqual([header.icon, header.id, header.tabTitle], ['account', '', 'Retail']);
    assert.deepEqual(header.commands, ['refresh', 'reveal', 'openInBrowser', 'pin']);
    assert.deepEqual(toHeader({ ...only, isOnlyAccount: true }).commands, [
      'refresh',
      'openInBrowser',
      'pin',
    ]);
  });

  it('offers nothing that needs a resource once that is gone', () => {
    const header = toHeader({ ...source, state: { kind: 'gone' }, pinned: true });
    assert.deepEqual([header.commands, header.actions], [['refresh', 'copyId', 'copyLink'], []]);
  });

  it('uses the ID as the name of an unknown resource', () => {
    const header = toHeader(unknown);
    assert.deepEqual([header.label, header.id, header.kind], ['c', 'c', '']);
  });

  it('uses the last known name after a reload, in one clean line', () => {
    const header = toHeader({ ...unknown, lastTitle: 'Web\u202E\nevents' });
    assert.deepEqual([header.label, header.id], ['Web events', 'c']);
    assert.equal(toHeader({ ...unknown, lastTitle: '\u200B' }).label, 'c');
    assert.equal(toHeader({ ...source, lastTitle: 'Before' }).label, toHeader(source).label);
  });

  it('shows only what is known', () => {
    const whole = toHeader({ ...source, busy: true, resource: { ...connection, description: 'a\nb' } });
    assert.deepEqual(
      [whole.icon, whole.service, whole.description, whole.busy, whole.tabs, whole.state],
      ['plug', 'Adobe Customer Journey Analytics', 'a b', true, ['json'], { kind: 'fresh' }],
    );
    assert.ok(!('status' in whole));
    const bare = toHeader({ ...unknown, account: undefined });
    assert.deepEqual(
      [bare.icon, bare.service, bare.production, bare.commands, bare.actions],
      ['plug', '', false, ['refresh', 'copyId', 'copyLink', 'pin'], []],
    );
    assert.ok(!('description' in bare) && !('status' in bare));
    assert.equal(toHeader({ ...source, account: { ...createAccount('a'), service: 'later' } }).service, '');
    const gone = toHeader({ ...source, state: { kind: 'gone' } });
    assert.ok(!('status' in gone), 'nobody knows how it is');
    const table = toHeader({ ...source, resource: resource(connection.path, 'dataset', 'd') });
    assert.deepEqual([table.icon, table.kind], ['table', 'Dataset']);
  });

  it('offers a page and JSON if there are any', () => {
    const none = toHeader({ ...source, session: { ...session, webLink: () => undefined } });
    assert.deepEqual(none.commands, ['refresh', 'reveal', 'copyId', 'copyLink', 'openJson', 'pin']);
    const group = toHeader({ ...source, pinned: true, resource: resource(account, 'group', 'g') });
    assert.deepEqual(group.commands, ['refresh', 'reveal', 'copyId', 'copyLink', 'openInBrowser']);
    const { actions, ...without } = session;
    assert.equal(actions?.(connection).length, 1);
    assert.deepEqual(toHeader({ ...source, session: without }).actions, []);
    assert.deepEqual(toHeader({ ...source, session: undefined }).commands.includes('openInBrowser'), false);
  });
});
