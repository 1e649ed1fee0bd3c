import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { age } from '../../../../src/shared/relativeTime';
import {
  type CardContext,
  toCard,
  contentLines,
  cardCommands,
  cardsMarkdown,
} from '../../../../src/features/editor/card';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { account, createAccount, FakeAccounts, page, resource } from '../../../support/fakes/store';

const now = Date.parse('2024-03-31T12:00:00Z');
const connection: Resource = {
  ...resource(account, 'connection', 'dg_1', 'Web'),
  status: { state: 'failed', label: '2 failed' },
};
const dataset = resource(connection.path, 'dataset', '5f24', 'Events');
const backfill: Resource = {
  ...resource(dataset.path, 'backfill', 'b1'),
  status: { state: 'ok', label: 'COMPLETED' },
};

async function context(rows: Readonly<Record<string, readonly Resource[]>> = {}): Promise<CardContext> {
  const session = await new FakeAccounts(() => page([])).session();
  return {
    account: { ...createAccount('a'), production: true },
    session: {
      ...session,
      properties: ({ kind }) =>
        kind === 'dataset'
          ? [{ label: 'Last data added', value: 'today', date: '2024-03-31T09:00:00Z' }]
          : [{ label: 'Owner', value: 'Ann' }],
      webLink: ({ kind }) => (kind === 'connection' ? 'https://example.com' : undefined),
      runs: {
        fetchRuns: () => Promise.reject(new Error('not asked')),
        batches: () => [],
        isActive: () => false,
        times: () => ({ created: '2024-03-29T12:00:00Z' }),
      },
    },
    rows: (path) => rows[path],
    get: (path) => (path === connection.path ? connection : undefined),
    language: 'en',
    now,
  };
}

const text = (lines: readonly { readonly text: string }[]): readonly string[] =>
  lines.map((line) => line.text);

describe('hover cards', () => {
  it('show the account, the status and the loaded children of a connection', async () => {
    const card = toCard(
      connection,
      0,
      await context({ [connection.path]: [dataset], [dataset.path]: [backfill] }),
    );
    assert.equal(card.name, 'Web');
    assert.equal(card.linked, true);
    assert.deepEqual(text(card.lines), [
      'Adobe Customer Journey Analytics · Account a · Production',
      '2 failed',
      'Datasets: 1',
      'Last backfill: OK, 2 days ago',
    ]);
  });

  it('show the place of a dataset, and the age of its data', async () => {
    const lines = async (others: number): Promise<readonly string[]> =>
      text(toCard(dataset, others, await context()).lines);
    assert.deepEqual((await lines(0)).slice(1), ['in Web', 'Last data added: 3 hours ago']);
    assert.equal((await lines(3))[1], 'in Web and 3 more');
  });

  it('add nothing if nothing is loaded', async () => {
    assert.deepEqual(contentLines(connection, await context()), []);
  });

  it('say that they may be outdated', async () => {
    const { lines } = toCard({ ...connection, stale: true }, 0, await context());
    assert.ok(text(lines).includes('2 failed · may be outdated'));
  });
});

describe('hover cards as Markdown', () => {
  it('contain server text as plain text, and only our own links', async () => {
    const id = 'x)](command:evil) "$(zap)';
    const label = '[a](command:evil)<b>$(zap)|**\n# head';
    const hostile = { ...resource(account, 'connection', id), label };
    const markdown = cardsMarkdown([toCard(hostile, 0, await context())]);
    const links = [...markdown.matchAll(/\]\(([^)]*)\)/g)].map(([, target = '']) => target);
    assert.equal(links.length, 4);
    for (const link of links) {
      const [command, argument = ''] = link.slice('command:'.length).split('?');
      assert.ok(
        cardCommands.some((known) => known === command),
        link,
      );
      assert.deepEqual(JSON.parse(decodeURIComponent(argument)), [childPath(account, 'connection', id)]);
    }
    assert.ok(!markdown.includes('$(zap)'));
    assert.ok(!markdown.includes('<b>'));
    assert.ok(!markdown.includes('\n#'));
  });

  it('follow each other if one ID is in several accounts', async () => {
    const card = toCard(connection, 0, await context());
    assert.equal(cardsMarkdown([card, card]).split('\n---\n').length, 2);
    assert.equal(cardsMarkdown([]), '');
  });
});

describe('an age', () => {
  it('is shown in the largest unit that fits', () => {
    const of = (date: string, language = 'en'): string => age(Date.parse(date), language, now);
    assert.equal(of('2024-03-31T11:59:40Z'), 'now');
    assert.equal(of('2024-03-31T11:05:00Z'), '55 minutes ago');
    assert.equal(of('2024-03-30T11:00:00Z'), 'yesterday');
    assert.equal(of('2022-01-01T00:00:00Z'), '2 years ago');
    assert.equal(of('2024-03-31T09:00:00Z', 'de'), 'vor 3 Stunden');
    assert.equal(of('2024-04-02T12:00:00Z'), 'in 2 days');
  });
});
