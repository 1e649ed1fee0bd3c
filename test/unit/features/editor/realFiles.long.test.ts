import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { completionContext } from '../../../../src/features/editor/completionContext';
import { sortedByName } from '../../../../src/features/editor/idsByName';
import type { SearchedIds } from '../../../../src/features/editor/searchIds';
import { atOnce } from '../../../../src/core/base/turns';
import { stringAt } from '../../../../src/features/editor/stringAt';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { ResourceKind } from '../../../../src/shared/kinds';
import type { Identified } from '../../../../src/core/store/idIndex';
import { readCorpus, toText, type CorpusFile } from './corpus';

/** Realistic names: ordinary words, as a whole and before others. */
const NAMES = [
  ...['Checkout', 'Orders', 'Returns', 'Delivery', 'Main', 'Test', 'Search', 'Store', 'Stores', 'Campaigns'],
  ...['Checkout – Grocery Nordics', 'Orders Retail EU', 'Returns – Insurance LATAM', 'Delivery – Home UK'],
  ...['Test connection', 'Main website', 'Store Sales – Fashion DACH', 'Search and Browse – Media Japan'],
  ...['Web events Retail EU', 'App events Travel UK', 'Customer profiles', 'Product catalogue', 'Accounts'],
  ...['Survey answers', 'Point of sale', 'Loyalty members', 'Call centre contacts', 'Subscriptions'],
  ...['Express shipping', 'Standard reports', 'Production', 'Development', 'Email and Push – Home Iberia'],
];

/** Ids that people chose, as those of Immuta and Datadog. */
const CHOSEN = ['PUBLIC', 'us-east-1', 'db1', 'orders', 'main', 'crm-integration', 'user_profiles', '1461'];

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

function resource(kind: ResourceKind, id: string, label: string): Identified {
  const path = childPath(accountPath('a'), kind, id);
  return { resource: { path, kind, id, label, hasChildren: false } };
}

function connectionId(text: string): string {
  return `dg_${hash(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')}`;
}

const known: readonly Identified[] = [
  ...NAMES.map((name) => resource('connection', connectionId(name), name)),
  ...NAMES.map((name) => resource('dataset', hash(`dataset ${name}`).slice(0, 24), name)),
  ...CHOSEN.map((id) => resource('connection', id, id)),
  ...Array.from({ length: 2000 }, (_, at) =>
    resource('dataset', hash(`dataset ${at}`).slice(0, 24), `Part ${at}`),
  ),
];

const sorted = atOnce(sortedByName(known));

const searched: SearchedIds = {
  *all() {
    yield;
    return sorted;
  },
  shortId: ({ id }) => (id.startsWith('dg_') ? id.slice(3) : undefined),
};

/** Whether the list of suggestions opens when the user pauses at this position. */
function opens(file: CorpusFile, line: number, column: number): boolean {
  const place = { text: toText(file, line, column), line, column, reason: 'pause' } as const;
  const work = completionContext(searched, place, 1);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value !== undefined;
  }
}

/** Percent of places at which the list may open. */
const MOST = { code: 1, strings: 3, lineEnds: 0 } as const;

interface Share {
  count: number;
  readonly open: string[];
}

function share(): Share {
  return { count: 0, open: [] };
}

/** The positions at which the list opens in a file, at the ends of words and of lines. */
function measured(file: CorpusFile): Readonly<Record<keyof typeof MOST, Share>> {
  const shares = { code: share(), strings: share(), lineEnds: share() };
  const note = (into: Share, line: number, column: number): void => {
    into.count++;
    if (opens(file, line, column))
      into.open.push(`${file.name}:${line + 1}:${column} ${(file.lines[line] ?? '').trim()}`);
  };
  for (const [line, text] of file.lines.entries()) {
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
      const column = index + word.length;
      note(stringAt(text, column) ? shares.strings : shares.code, line, column);
    }
    if (text.trim() !== '') note(shares.lineEnds, line, text.trimEnd().length);
  }
  return shares;
}

describe('in real files, the list of suggestions', () => {
  const corpus = readCorpus();
  const seen = { code: 0, strings: 0, lineEnds: 0 };

  for (const file of corpus) {
    it(`stays closed while the content of ${file.name} is typed`, () => {
      for (const [where, { count, open }] of Object.entries(measured(file))) {
        const most = MOST[where as keyof typeof MOST];
        seen[where as keyof typeof MOST] += count;
        const percent = count === 0 ? 0 : (100 * open.length) / count;
        assert.ok(
          percent <= most,
          `${where}: ${percent.toFixed(2)} %, as in\n${open.slice(0, 9).join('\n')}`,
        );
      }
    });
  }

  it('is tested at several thousand words', () => {
    assert.ok(seen.code > 5000 && seen.strings > 2000 && seen.lineEnds > 2000);
  });
});
