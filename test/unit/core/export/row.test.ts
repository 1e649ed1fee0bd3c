import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { formats, type Ending } from '../../../../src/core/export/formats';
import type { Entry } from '../../../../src/core/export/inventory';
import { columns, problemRow, resourceRow, type Place, type Row } from '../../../../src/core/export/row';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { plainText } from '../../../../src/shared/plainText';
import { account, resource } from '../../../support/fakes/store';

const place: Place = { service: 'Adobe CJA', account: 'Main', secrets: ['known-secret'] };
const web = resource(account, 'connection', 'c', 'Web');
const within: Place = { ...place, connection: web };
const known = (row: Row): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
const problem = { title: 'It failed.', detail: 'Down.', retryable: true };

describe('A line of the inventory', () => {
  it('has the known properties of a resource, each on one line', () => {
    const whole: Resource = {
      ...resource(web.path, 'dataset', 'd', 'Clicks'),
      ...{ description: 'a\nb', status: { state: 'failed', label: 'UNHEALTHY' } },
      searchAttributes: { owner: 'Ann', sandbox: 'prod', other: 'left out' },
    };
    const facts = {
      created: '2026-01-02',
      lastData: '2026-11-01T10:00:00Z',
      backfills: 3,
      failedBackfills: 0,
    };
    const row = resourceRow(within, whole, { link: 'https://example.invalid/d', facts, itemCount: 2 });
    assert.deepEqual(Object.keys(row), [...columns]);
    assert.deepEqual(known(row), {
      ...{ service: 'Adobe CJA', account: 'Main', connection: 'Web', connectionId: 'c', kind: 'dataset' },
      ...{ name: 'Clicks', id: 'd', state: 'failed', status: 'UNHEALTHY', details: 'a b' },
      ...{ owner: 'Ann', sandbox: 'prod', link: 'https://example.invalid/d' },
      ...{ created: '2026-01-02', lastData: '2026-11-01T10:00:00Z' },
      ...{ itemCount: 2, backfills: 3, failedBackfills: 0 },
    });
    assert.deepEqual(known(resourceRow(place, web)), {
      ...{ service: 'Adobe CJA', account: 'Main', kind: 'connection', name: 'Web', id: 'c' },
    });
  });

  it('repeats nothing in its details', () => {
    const row = resourceRow(place, {
      ...web,
      description: 'prod · event · Ann · ACTIVE · Web',
      status: { state: 'ok', label: 'ACTIVE' },
      searchAttributes: { owner: 'Ann', sandbox: 'prod' },
    });
    assert.equal(row.details, 'event');
    assert.equal(
      resourceRow(place, { ...web, description: 'prod', searchAttributes: { sandbox: 'prod' } }).details,
      '',
    );
  });

  it('says what could not be loaded', () => {
    const expected = { service: 'Adobe CJA', account: 'Main', kind: 'problem', problem: 'It failed. Down.' };
    assert.deepEqual(known(problemRow(place, 'Web', problem)), {
      ...expected,
      name: 'Web',
    });
    const row = resourceRow(within, { ...resource(web.path, 'problem', 'p', 'It failed.'), problem });
    assert.deepEqual(known(row), {
      ...expected,
      connection: 'Web',
      connectionId: 'c',
      name: 'It failed.',
      id: 'p',
    });
  });

  it('contains no known secret, and no more than a cell holds', () => {
    const row = resourceRow(place, { ...web, label: 'a known-secret', description: 'x'.repeat(5000) });
    assert.ok(!row.name.includes('known-secret'));
    assert.equal(row.details.length, 4000);
  });
});

describe('The file of an inventory', () => {
  const date = new Date(0);
  const [connection, dataset] = [
    resourceRow(place, web, { itemCount: 1 }),
    resourceRow(within, resource(web.path, 'dataset', 'd')),
  ];
  const failed = problemRow(within, 'Web', problem);
  const file = (ending: Ending, ...entries: readonly Entry[]): string => {
    const format = formats[ending](date);
    const parts = entries.map((entry) => ({ ...format.entry(entry), connection: entry.connection }));
    const texts = parts.map((part) => (part.connection ? format.before(part.connection) : '') + part.text);
    return [format.begin(), ...texts, format.end(parts.flatMap(({ problems }) => problems))].join('');
  };
  const whole: Entry = { connection, below: [dataset, failed] };

  it('as CSV has a line for each, with a UTF-8 byte order mark', () => {
    assert.equal(
      file('csv', whole, { below: [failed] }),
      [
        '\uFEFFservice,account,connection,connectionId,kind,name,id,state,status,details,owner,sandbox,created,modified,lastData,itemCount,backfills,failedBackfills,activeBackfills,link,problem',
        'Adobe CJA,Main,,,connection,Web,c,,,,,,,,,1,,,,,',
        'Adobe CJA,Main,Web,c,dataset,d,d,,,,,,,,,,,,,,',
        ...[1, 2].map(() => 'Adobe CJA,Main,Web,c,problem,Web,,,,,,,,,,,,,,,It failed. Down.'),
        '',
      ].join('\r\n'),
    );
  });

  it('as JSON nests what is below connections, and has problems apart', () => {
    const value: unknown = JSON.parse(file('json', whole, { below: [failed] }, { connection, below: [] }));
    const base = { service: 'Adobe CJA', account: 'Main', kind: 'connection', name: 'Web', id: 'c' };
    const expected = {
      ...{ service: 'Adobe CJA', account: 'Main', connection: 'Web', connectionId: 'c' },
      kind: 'problem',
      name: 'Web',
      problem: 'It failed. Down.',
    };
    assert.deepEqual(value, {
      exported: '1970-01-01T00:00:00.000Z',
      connections: [
        { ...base, itemCount: 1, items: [{ kind: 'dataset', name: 'd', id: 'd' }] },
        { ...base, itemCount: 1, items: [] },
      ],
      problems: [expected, expected],
    });
    assert.deepEqual(JSON.parse(file('json')), {
      exported: '1970-01-01T00:00:00.000Z',
      connections: [],
      problems: [],
    });
  });

  it('as Markdown has a table for each account, followed by what could not be loaded', () => {
    const other = { ...connection, account: 'Second' };
    const text = file(
      'md',
      whole,
      { connection, below: [] },
      { connection: other, below: [] },
      { below: [failed] },
    );
    const titles =
      'Connection | Kind | Name | ID | State | Status | Details | Owner | Modified | Last data added';
    const head = `| ${titles} |\n|${' --- |'.repeat(10)}\n`;
    const blank = '|  |  |  |  |  |  |\n';
    assert.equal(
      text,
      [
        '# Connections\n\n1970-01-01 00:00 UTC\n',
        `\n## Main (Adobe CJA)\n\n${head}`,
        `|  | Connection | Web | c ${blank}| Web | Dataset | d | d ${blank}|  | Connection | Web | c ${blank}`,
        `\n## Second (Adobe CJA)\n\n${head}|  | Connection | Web | c ${blank}`,
        '\n## Data that could not be read\n\n- Main › Web: It failed. Down.\n- Main › Web: It failed. Down.\n',
      ].join(''),
    );
    assert.ok(!file('md', { connection, below: [] }).includes('could not be read'));
  });

  it('as Markdown shows state, owner and link of each, and escapes only what needs it', () => {
    const link = 'https://example.invalid/#/c?x=1';
    const facts = { modified: '2026-11-01T10:00:00Z', lastData: '2026-11-02' };
    const row = resourceRow(
      place,
      {
        ...{ ...web, label: 'Checkout – Grocery (EU), v2.0!' },
        status: { state: 'failed', label: '2 failed, 1 queued' },
        searchAttributes: { owner: "Ann O'Neil" },
      },
      { link, facts },
    );
    const text = file('md', { connection: row, below: [] });
    assert.equal(
      text.split('\n').at(-2),
      `|  | Connection | [Checkout – Grocery (EU), v2.0!](<${link}>) | c | failed | 2 failed, 1 queued |  | Ann O'Neil | 2026-11-01 10:00 UTC | 2026-11-02 |`,
    );
  });

  it('as Markdown keeps every text as it is, and has no link but that of a resource', () => {
    const markdown = new MarkdownIt({ html: true, linkify: true });
    fc.assert(
      fc.property(fc.array(markedText, { minLength: 1, maxLength: 8 }), (parts) => {
        const name = plainText(parts.join(''));
        fc.pre(name.trim() === name && name !== '');
        const row = { ...connection, name, details: name, account: name };
        const tokens = markdown.parse(file('md', { connection: row, below: [failed] }), {});
        const inline = tokens.filter(({ type }) => type === 'inline');
        const cells = inline.map(({ children }) => children ?? []);
        assert.deepEqual(
          cells.flat().filter(({ type }) => !['text', 'text_special'].includes(type)),
          [],
        );
        const read = cells.map((children) => children.map(({ content }) => content).join(''));
        assert.equal(read.filter((cell) => cell === name).length, 2, JSON.stringify(read));
        assert.ok(read.includes(`${name} (Adobe CJA)`));
      }),
    );
  });
});

/** Texts that are likely to be Markdown. */
const markedText = fc.oneof(
  fc.constantFrom(
    ...['|', '`', '*', '_', '[a](b)', '<b>', '<!--', '&amp;', '&#35;', '\\', '~~', '# ', '- ', '1. '],
  ),
  fc.constantFrom(
    ...[
      'https://a.b',
      'www.a.b',
      'google.com',
      '//localhost',
      'a@b.co',
      'mailto:a@b.co',
      '![x](y)',
      '$x$',
      ':smile:',
      ' ',
      'a',
      '+ ',
    ],
  ),
  fc.string({ maxLength: 5 }),
);
