import { editor } from '../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { accountPath, childPath, isRunPath } from '../../../src/core/services/contract/path';
import type { Resource } from '../../../src/core/services/contract/resource';
import { type ResourceKind, kindsThat } from '../../../src/shared/kinds';
import { type StatusState, stateIcons, stateWord, statusText } from '../../../src/shared/status';
import { accountPlace, getName, waitText } from '../../../src/ui/text';
import { age, passed } from '../../../src/shared/relativeTime';
import { draggedIdsType } from '../../../src/shared/identifiers';
import { dragIds } from '../../../src/features/connections/idDrag';
import { idLines } from '../../../src/ui/idLines';
import { kindPresentation, render } from '../../../src/ui/tree/render';
import { account, createAccount, resource } from '../../support/fakes/store';
import { Served } from '../../support/served';

const STATES: readonly StatusState[] = [
  'ok',
  'running',
  'queued',
  'warning',
  'failed',
  'inactive',
  'unknown',
];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('How long ago something was', () => {
  it('is shown in the largest unit that it fills', () => {
    const cases = [
      [0, 'now'],
      [MINUTE - 1, 'now'],
      [MINUTE, '1 minute ago'],
      [HOUR - 1, '59 minutes ago'],
      [HOUR, '1 hour ago'],
      [DAY - 1, '23 hours ago'],
      [DAY, 'yesterday'],
      [30 * DAY - 1, '29 days ago'],
      [30 * DAY, 'last month'],
      [365 * DAY - 1, '12 months ago'],
      [365 * DAY, 'last year'],
      [800 * DAY, '2 years ago'],
      [-MINUTE, 'in 1 minute'],
      [-3 * HOUR - 1, 'in 3 hours'],
      [-DAY, 'tomorrow'],
    ] as const;
    for (const [time, text] of cases) assert.equal(age(1e12 - time, 'en', 1e12), text);
    assert.equal(age(0, 'de', 3 * HOUR), 'vor 3 Stunden');
  });

  it('ignores parts of a unit, and is the same for past and future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (time) => {
        const [ago, ahead] = [passed(0, time), passed(time, 0)];
        assert.ok(ahead.unit === ago.unit && ahead.count === -ago.count);
        assert.ok(Number.isInteger(ago.count) && (ago.count > 0 || time < MINUTE));
      }),
    );
  });
});

describe('A status in words', () => {
  it('is in one style, whether the service writes a constant, a word or counts', () => {
    const text = (label: string, state: StatusState = 'running'): string => statusText({ state, label });
    for (const label of ['IN_PROGRESS', 'inProgress', 'In-Progress', 'in progress'])
      assert.equal(text(label), 'in progress', label);
    assert.equal(text('2 failed, 1 in progress'), '2 failed, 1 in progress');
    assert.equal(text('UNHEALTHY', 'failed'), 'unhealthy');
    assert.equal(text('PARTIAL_SUCCESS', 'warning'), 'partial success');
    assert.deepEqual([text('success'), text('SUCCEEDED')], ['succeeded', 'succeeded']);
    for (const word of ['ok', ' \u202E']) assert.equal(text(word, 'ok'), 'OK');
    assert.equal(text('X\nY', 'unknown'), 'X Y');
  });

  it('has neither a constant nor several spaces in a row, whatever the service writes', () => {
    const label = fc.array(fc.constantFrom('IN', 'Queue', 'done', '_', '-', ' ', '2', '\n'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(label, fc.constantFrom(...STATES), (parts, state) => {
        const text = statusText({ state, label: parts.join('') });
        assert.notEqual(text.trim(), '');
        assert.doesNotMatch(text, /^[A-Z]+_[A-Z]+$/);
      }),
    );
  });

  it('has its own word and icon for every state', () => {
    for (const describe of [stateWord, (state: StatusState) => stateIcons[state]])
      assert.equal(new Set(STATES.map(describe)).size, STATES.length);
  });
});

it('a pause is shown in whole seconds, with its reason', () => {
  const wait = { delay: 1001, attempt: 2 };
  const limit = 'Rate limit reached. Retrying in 2 s.';
  assert.equal(waitText({ ...wait, reason: 'limit' }), limit);
  assert.equal(waitText({ ...wait, reason: 'rateLimited' }), limit);
  assert.match(waitText({ ...wait, delay: 1000, reason: 'retry' }), /returned an error.* in 1 s/);
});

it('a name in a message is one line, and short', () => {
  assert.equal(getName({ label: 'a\nb' }), 'a b');
  assert.equal(getName({ label: 'x'.repeat(81) }), `${'x'.repeat(79)}…`);
  assert.equal(getName({ label: 'x'.repeat(80) }), 'x'.repeat(80));
  assert.equal(getName({ label: '\u200B' }), '(no name)');
});

it('the place of a resource is its account with the service, as long as there is one', () => {
  const { store } = new Served();
  assert.equal(
    accountPlace(store, childPath(account, 'connection', 'c')),
    'Account a (Adobe Customer Journey Analytics)',
  );
  assert.equal(accountPlace(store, accountPath('gone')), '');
  assert.match(
    accountPlace({ account: () => ({ ...createAccount('a'), service: 'later' }) }, account),
    /^Account a/,
  );
});

describe('What a kind of row looks like', () => {
  const KINDS: readonly ResourceKind[] = [
    ...(['account', 'connection', 'dataset', 'backfill', 'dataView'] as const),
    ...(['dimension', 'metric', 'entity', 'field', 'pipeline'] as const),
    ...(['run', 'identity', 'dataObject', 'task', 'group', 'problem', 'more', 'noMatch'] as const),
  ];
  const row = (kind: ResourceKind, rest: Partial<Resource> = {}): Resource => ({
    ...resource(account, kind, 'x'),
    ...rest,
  });

  it('has a noun, and opens details if there is JSON', () => {
    const texts = KINDS.map((kind) => {
      const { contextValue, command = '', accessibilityLabel } = render(row(kind));
      return [contextValue, accessibilityLabel, command.replace('connectionsExplorer.', '')].join(' | ');
    });
    assert.deepEqual(texts, [
      'account.refresh | x, Account | ',
      'connection.id.json.refresh | x, Connection | showDetails',
      'dataset.id.json.refresh | x, Dataset | showDetails',
      'backfill.id.json | x, Backfill | showDetails',
      'dataView.id.json.refresh | x, Data view | showDetails',
      'dimension.id.json | x, Dimension | showDetails',
      'metric.id.json | x, Metric | showDetails',
      'entity.id.json.refresh | x, Entity | showDetails',
      'field.id.json | x, Field | showDetails',
      'pipeline.id.json.refresh | x, Pipeline | showDetails',
      'run.id.json | x, Run | showDetails',
      'identity.id.json | x, Identity | showDetails',
      'dataObject.id.json.refresh | x, Data object | showDetails',
      'task.id.json.refresh | x, Task | showDetails',
      'group.refresh | x, Group | ',
      'problem | x, Problem | ',
      'more | x | loadMore',
      'noMatch | x | clearFilter',
    ]);
  });

  it('has its own icon, except that runs are backfills of another service', () => {
    const icons = KINDS.map((kind) => kindPresentation({ kind }).icon);
    assert.equal(new Set(icons).size, KINDS.length - 1);
    assert.equal(kindPresentation({ kind: 'run' }).icon, kindPresentation({ kind: 'backfill' }).icon);
  });

  it('is colored by the state, with its own shape if it must catch the eye', () => {
    const icon = (state: StatusState, kind: ResourceKind = 'dataset'): string => {
      const { id, color } = render(row(kind, { status: { state, label: 'W' } })).icon;
      return `${id} ${color ?? ''}`;
    };
    assert.deepEqual(
      STATES.map((state) => icon(state)),
      [
        'table testing.iconPassed',
        'sync charts.blue',
        'clock charts.yellow',
        'warning problemsWarningIcon.foreground',
        'error problemsErrorIcon.foreground',
        'table disabledForeground',
        'table disabledForeground',
      ],
    );
    assert.equal(icon('ok', 'backfill'), 'pass testing.iconPassed');
    assert.equal(icon('inactive', 'backfill'), 'history disabledForeground');
    assert.equal(icon('ok', 'run'), 'history testing.iconPassed');
    assert.deepEqual(render(row('dataset')).icon, { id: 'table' });
  });

  it('of a problem shows by its icon whether a retry may help', () => {
    const icon = (retry: boolean): object =>
      render(row('problem', { problem: { title: 'W', detail: 'W', retryable: retry } })).icon;
    assert.deepEqual(icon(true), { id: 'error', color: 'problemsErrorIcon.foreground' });
    assert.deepEqual(icon(false), { id: 'warning', color: 'problemsWarningIcon.foreground' });
    const { contextValue } = render(
      row('problem', { problem: { title: 'W', detail: 'W', retryable: false, editsAccount: true } }),
    );
    assert.equal(contextValue, 'problem.editAccount');
  });

  it('has a description of clean parts, of which none is empty', () => {
    const { description, accessibilityLabel, collapsible } = render(
      row('dataset', {
        ...{ description: 'line 1\nline 2', stale: true, hasChildren: false },
        status: { state: 'running', label: '' },
      }),
      ['unwatch'],
      { ongoing: '' },
    );
    assert.equal(description, 'running · line 1 line 2 · may be outdated · watched');
    assert.equal(accessibilityLabel, `x, running, Dataset, ${description}`);
    assert.equal(collapsible, false);
    assert.equal(render(row('dataset', { searchAttributes: { owner: 'Ann' } }), ['watch']).description, '');
  });
});

describe('IDs that are copied or dragged', () => {
  const named = resource(account, 'dataset', ' id 1 ', 'One');
  const unclean = resource(account, 'dataset', 'a\u202E\nb', 'Two');

  it('are as the service wrote them, one line each, and omissions are reported once', () => {
    editor.reset();
    assert.deepEqual(idLines([named]), [' id 1 ']);
    assert.deepEqual(editor.inputs.texts, []);
    assert.deepEqual(idLines([named, unclean, unclean]), [' id 1 ', 'a b', 'a b']);
    assert.equal(editor.inputs.messages.length, 1);
    const [{ kind, text } = assert.fail()] = editor.inputs.messages;
    assert.equal(kind, 'warning');
    assert.match(text, /^The ID of Two contains/);
  });

  it('are dropped in the layout of the document, without rows in between', async () => {
    editor.reset();
    const served = new Served();
    const second = resource(account, 'connection', 'c2');
    const group = resource(account, 'group', 'g');
    served.lists.set(account, [named, second, group]);
    await served.store.load(account);
    const dropped = async (...rows: readonly Resource[]): Promise<string | undefined> => {
      const transfer = new vscode.DataTransfer();
      const paths = rows.map(({ path }) => path);
      dragIds(served.store, { document: undefined }, paths, transfer);
      const bare = await transfer.get(draggedIdsType)?.asString();
      const ids = rows.filter(({ kind }) => kind !== 'group').map(({ id }) => id);
      assert.deepEqual(bare && JSON.parse(bare), transfer.get('text/plain') && ids);
      return await transfer.get('text/plain')?.asString();
    };
    assert.equal(await dropped(second, group, named), 'c2\n id 1 ');
    editor.set('connectionsExplorer.insertAs', 'json');
    assert.equal(await dropped(second, named), '["c2", " id 1 "]');
    assert.equal(await dropped(second), 'c2');
    assert.equal(await dropped(group), undefined);
    assert.equal(await dropped(resource(account, 'dataset', 'gone')), undefined);
  });
});

it('single runs are distinguished from what contains runs', () => {
  assert.ok(isRunPath(childPath(account, 'run', 'r')) && isRunPath(childPath(account, 'backfill', 'b')));
  assert.ok(
    !isRunPath(childPath(account, 'task', 't')) &&
      !isRunPath(childPath(childPath(account, 'run', 'r'), 'task', 't')) &&
      !isRunPath(childPath(account, 'nothing known', 'x')),
  );
  assert.deepEqual(kindsThat('isWatchable').toSorted(), [
    'backfill',
    'connection',
    'dataset',
    'pipeline',
    'run',
    'task',
  ]);
});
