import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import type { LogModel, OverviewModel, StructureModel, TimelineModel } from '../../src/shared/models';
import type { DataState, Header, Problem, TabId } from '../../src/shared/protocol';
import { advice, Gallery } from './pictures/gallery';
import {
  accountOverview,
  batches,
  history,
  NOW_MS,
  overview,
  read,
  rows,
  structure,
  table,
  timeline,
} from './pageModels';
import { LonePanel, type PanelMessage } from './lonePanel';
import { themes } from './themedPage';

const MINUTE_MS = 60_000;
const TABS: readonly TabId[] = ['overview', 'timeline', 'structure', 'json'];
const LOG_TABS: readonly TabId[] = ['overview', 'history', 'json'];

const unavailable: Problem = {
  what: 'The connection could not be read.',
  why: 'The service answered HTTP 503 (Service Unavailable).',
  advice: 'Try again in some minutes.',
  remedies: ['retry'],
};

const json = `${JSON.stringify(
  {
    id: 'dg_8a51b2c4-77f0-4f0e-9d43-6c0e1b1f2a10',
    name: 'Checkout',
    records: 8_812_345,
    rolling: true,
    owner: { name: 'Ada Byron', imsUserId: null },
    dataSets: [
      { id: '5f2400000000000000000001', type: 'event', backfillEnabled: false },
      { id: '5f2400000000000000000002', type: 'profile', keys: ['crmId'] },
    ],
  },
  null,
  2,
)}\n`;

const fresh: DataState = { kind: 'fresh', readAt: NOW_MS - 5 * MINUTE_MS };

function header(state: DataState, others: Partial<Header> = {}): PanelMessage {
  return {
    type: 'header',
    header: {
      label: 'Checkout – Grocery Nordics',
      icon: 'plug',
      kind: 'Connection',
      id: 'dg_8a51b2c4-77f0-4f0e-9d43-6c0e1b1f2a10',
      service: 'Adobe Customer Journey Analytics',
      tabTitle: 'Checkout – Grocery Nordics',
      ancestors: [{ path: 'account:a1', label: 'Retail' }],
      production: true,
      description: '6 datasets · prod',
      status: { state: 'failed', label: '2 failed', text: '2 failed' },
      state,
      busy: false,
      tabs: [...TABS],
      commands: ['refresh', 'reveal', 'copyId', 'copyLink', 'openJson', 'openInBrowser', 'pin'],
      actions: [
        { id: 'backfill', title: 'Create Backfill…', destructive: false },
        { id: 'del', title: 'Delete…', destructive: true },
      ],
      ...others,
    },
  };
}

const gone = header({ kind: 'gone' }, { commands: ['refresh', 'copyId', 'copyLink'], actions: [] });
const showOverview = (model: OverviewModel): PanelMessage => ({ type: 'overview', model: mutable(model) });
const showTimeline = (model: TimelineModel): PanelMessage => ({ type: 'timeline', model: mutable(model) });
const showHistory = (model: LogModel): PanelMessage => ({ type: 'history', model: mutable(model) });
const showBatches = (model: LogModel): PanelMessage => ({ type: 'batches', model: mutable(model) });
const showStructure = (model: StructureModel): PanelMessage => ({ type: 'structure', model: mutable(model) });

type Mutable<Value> = { -readonly [Key in keyof Value]: Mutable<Value[Key]> };

/** As the schemas of the messages have them. */
function mutable<Model>(model: Model): Mutable<Model> {
  return model;
}

/** A picture to take. */
interface Subject {
  readonly tab?: TabId;
  readonly messages: readonly PanelMessage[];
  readonly json?: string;
  /** A button of the tab to press. */
  readonly press?: string;
  /** An element that exists once everything is drawn. */
  readonly drawn: (panel: LonePanel) => Locator;
  /** Width of the panel in pixels, if it is narrow. */
  readonly width?: number;
}

const text =
  (words: string | RegExp) =>
  ({ page }: LonePanel): Locator =>
    page.getByText(words).first();
const css =
  (selector: string) =>
  ({ page }: LonePanel): Locator =>
    page.locator(selector).first();

const runs = timeline(5, 6);
const loadingTables = overview.tables.map((each) => ({ ...each, rows: [], loading: true }));

const account = header(fresh, {
  ...{ label: 'Retail', tabTitle: 'Retail', ancestors: [], icon: 'account', kind: 'Account', id: '' },
  ...{ commands: ['refresh', 'reveal', 'openInBrowser', 'pin'], actions: [], tabs: ['overview'] },
  ...{ production: false },
});
// A header has no status if nothing is wrong with the sign-in.
if (account.type === 'header') {
  delete account.header.status;
  delete account.header.description;
}

const subjects: Readonly<Record<string, Subject>> = {
  overview: { messages: [header(fresh), showOverview(overview)], drawn: css('tbody .name') },
  'overview-narrow': {
    messages: [
      header(fresh, {
        label: 'Orders Fashion Iberia',
        icon: 'table',
        kind: 'Dataset',
        ancestors: [
          { path: 'account:a1', label: 'Retail' },
          { path: 'account:a1/connection:dg_1', label: 'Checkout – Grocery Nordics' },
        ],
      }),
      showOverview({ facts: overview.facts.slice(0, 5), tables: [table(rows(7))] }),
    ],
    drawn: css('tbody .name'),
    width: 400,
  },
  'overview-loading': {
    messages: [header(fresh, { busy: true }), showOverview({ facts: overview.facts, tables: loadingTables })],
    drawn: text('Loading…'),
  },
  account: {
    messages: [account, showOverview(accountOverview('failedBackfills'))],
    drawn: css('tbody .name'),
    width: 860,
  },
  'account-narrow': {
    messages: [account, showOverview(accountOverview())],
    drawn: css('tbody .name'),
    width: 400,
  },
  'account-wide': {
    messages: [account, showOverview(accountOverview('failedBackfills'))],
    drawn: css('tbody .name'),
    width: 1600,
  },
  timeline: { tab: 'timeline', messages: [header(fresh), showTimeline(runs)], drawn: css('.bar') },
  'timeline-narrow': {
    tab: 'timeline',
    messages: [header(fresh), showTimeline(runs)],
    drawn: css('.bar'),
    width: 400,
  },
  'timeline-covers': {
    tab: 'timeline',
    messages: [header(fresh), showTimeline(runs)],
    press: 'Date Range',
    drawn: css('.bar.open'),
  },
  'timeline-table': {
    tab: 'timeline',
    messages: [header(fresh), showTimeline(runs)],
    press: 'Table',
    drawn: css('tbody tr'),
  },
  'timeline-reading': {
    tab: 'timeline',
    messages: [
      header(fresh, { busy: true }),
      showTimeline({
        title: 'Backfills',
        lanes: [
          ...runs.lanes.slice(0, 2),
          {
            path: 'p',
            label: 'Returns',
            bars: [],
            ...read,
            problem: 'The backfills could not be read: HTTP 500.',
          },
        ],
        progress: { done: 3, total: 9, text: '3 of 9 datasets loaded' },
        waiting: 'Waiting for the rate limit of the service: 4 s',
      }),
    ],
    drawn: text('3 of 9 datasets loaded'),
  },
  'timeline-empty': {
    tab: 'timeline',
    messages: [header(fresh), showTimeline({ title: 'Runs', lanes: [] })],
    drawn: text('No runs.'),
  },
  structure: { tab: 'structure', messages: [header(fresh), showStructure(structure)], drawn: css('.node') },
  'structure-part': {
    tab: 'structure',
    messages: [header(fresh), showStructure(structure)],
    drawn: css('.node'),
    width: 600,
  },
  'structure-narrow': {
    tab: 'structure',
    messages: [header(fresh), showStructure(structure)],
    drawn: css('li li'),
    width: 400,
  },
  'structure-list': {
    tab: 'structure',
    messages: [header(fresh), showStructure(structure)],
    press: 'List',
    drawn: css('li li'),
  },
  history: {
    tab: 'history',
    messages: [header(fresh, { tabs: [...LOG_TABS] }), showHistory({ ...history, more: true })],
    drawn: css('.log tbody tr'),
  },
  'history-narrow': {
    tab: 'history',
    messages: [header(fresh, { tabs: [...LOG_TABS] }), showHistory(history)],
    drawn: css('.log tbody tr'),
    width: 400,
  },
  'history-denied': {
    tab: 'history',
    messages: [
      header(fresh, { tabs: [...LOG_TABS] }),
      showHistory({
        ...history,
        entries: [],
        problem:
          'Retail (Adobe Customer Journey Analytics): Access denied. The user does not have access to audit logs (HTTP 403, code insufficient_access). Reading the audit log requires the permission "Audit Logs Access". Ask a product administrator to add the account to a product profile of Customer Journey Analytics that has this permission, in the Admin Console. Then try again.',
      }),
    ],
    drawn: css('.log .failed'),
    width: 400,
  },
  batches: {
    tab: 'batches',
    messages: [header(fresh, { tabs: ['overview', 'batches', 'json'] }), showBatches(batches)],
    drawn: css('.log tbody tr'),
  },
  'batches-narrow': {
    tab: 'batches',
    messages: [header(fresh, { tabs: ['overview', 'batches', 'json'] }), showBatches(batches)],
    drawn: css('.log tbody tr'),
    width: 400,
  },
  json: {
    tab: 'json',
    messages: [header(fresh), { type: 'json', json: { kind: 'text' } }],
    json,
    drawn: css('.cm-line'),
  },
  'json-failed': {
    tab: 'json',
    messages: [header(fresh), { type: 'json', json: { kind: 'failed', problem: unavailable } }],
    drawn: css('.panel .problem'),
  },
  loading: {
    messages: [header({ kind: 'loading' }, { tabs: [], busy: true })],
    drawn: text('Loading…'),
  },
  failed: {
    messages: [header({ kind: 'failed', problem: unavailable }, { tabs: [], actions: [] })],
    drawn: css('.header .problem'),
  },
  stale: {
    messages: [
      header({ kind: 'stale', readAt: NOW_MS - 90 * MINUTE_MS, problem: unavailable }),
      showOverview(overview),
    ],
    drawn: css('.header .problem'),
  },
  gone: { messages: [gone, showOverview(overview)], drawn: css('tbody .name') },
};

describe('The panel looks as approved:', () => {
  const gallery = new Gallery('panel');
  let panel: LonePanel;
  before(async () => {
    panel = await LonePanel.open();
  });
  after(() => panel.close());

  for (const [name, subject] of Object.entries(subjects)) {
    it(name, async () => {
      await show(panel, subject);
      const differences: string[] = [];
      for (const theme of themes) {
        await panel.theme(theme);
        differences.push(
          ...[gallery.look(`${name}-${theme}`, await panel.picture())].flatMap((each) => each ?? []),
        );
      }
      assert.ok(differences.length === 0, advice(differences));
    });
  }

  it('a tab whose content has not arrived yet is loading, instead of empty', async () => {
    const fresh = header({ kind: 'fresh', readAt: NOW_MS });
    await panel.show([fresh]);
    const waiting = panel.page.locator('#panel-overview > .notice.loading');
    await waiting.waitFor();
    await panel.show([fresh, showOverview(overview)]);
    await panel.page.locator('#panel-overview tbody .name').first().waitFor();
    await waiting.waitFor({ state: 'detached' });
  });

  it('every approved picture belongs to an existing state', () => {
    assert.deepEqual(gallery.leftOver(), []);
  });
});

async function show(
  panel: LonePanel,
  { messages: told, json, tab, press, drawn, width = 800 }: Subject,
): Promise<void> {
  await panel.page.setViewportSize({ width, height: 480 });
  await panel.show(told, json);
  await panel.page.locator('.header').waitFor();
  if (tab) await panel.tab(tab).click();
  if (press !== undefined) await panel.page.getByRole('button', { name: press, exact: true }).click();
  await drawn(panel).waitFor();
  await panel.page.mouse.move(0, 0);
}
