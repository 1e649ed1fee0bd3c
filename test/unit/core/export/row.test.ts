import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formats, type Ending } from '../../../../src/core/export/formats';
import type { Entry } from '../../../../src/core/export/inventory';
import { columns, problemRow, resourceRow, type Place, type Row } from '../../../../src/core/export/row';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { account, resource } from '../../../support/fakes/store';

const place: Place = { service: 'Adobe CJA', account: 'Main', secrets: ['known-secret'] };
const web = resource(account, 'connection', 'c', 'Web');
const within: Place = { ...place, connection: web };
const known = (row: Row): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
const problem = { title: 'It failed.', detail: 'Down.', retryable: true };

describe('A line of the inventory', () => {
  it('tells what is known of a resource, each as one line', () => {
    const whole: Resource = {
      ...resource(web.path, 'dataset', 'd', 'Clicks'),
      ...{ description: 'a\nb', status: { state: 'failed', label: 'UNHEALTHY' } },
      searchAttributes: { owner: 'Ann', sandbox: 'prod', other: 'left out' },
    };
    const row = resourceRow(within, whole, 'https://example.invalid/d');
    assert.deepEqual(Object.keys(row), [...columns]);
    assert.deepEqual(known(row), {
      ...{ service: 'Adobe CJA', account: 'Main', connection: 'Web', connectionId: 'c', kind: 'dataset' },
      ...{ name: 'Clicks', id: 'd', state: 'failed', status: 'UNHEALTHY', details: 'a b' },
      ...{ owner: 'Ann', sandbox: 'prod', link: 'https://example.invalid/d' },
    });
    assert.deepEqual(known(resourceRow(place, web, undefined)), {
      ...{ service: 'Adobe CJA', account: 'Main', kind: 'connection', name: 'Web', id: 'c' },
    });
  });

  it('tells what could not be read', () => {
    const told = { service: 'Adobe CJA', account: 'Main', kind: 'problem', problem: 'It failed. Down.' };
    assert.deepEqual(known(problemRow(place, 'Web', problem)), {
      ...told,
      name: 'Web',
    });
    const row = resourceRow(
      within,
      { ...resource(web.path, 'problem', 'p', 'It failed.'), problem },
      undefined,
    );
    assert.deepEqual(known(row), {
      ...told,
      connection: 'Web',
      connectionId: 'c',
      name: 'It failed.',
      id: 'p',
    });
  });

  it('holds no known secret, and no more than a cell takes', () => {
    const row = resourceRow(
      place,
      { ...web, label: 'a known-secret', description: 'x'.repeat(5000) },
      undefined,
    );
    assert.ok(!row.name.includes('known-secret'));
    assert.equal(row.details.length, 4000);
  });
});

describe('The file of an inventory', () => {
  const date = new Date(0);
  const [connection, dataset] = [
    resourceRow(place, web, undefined),
    resourceRow(within, resource(web.path, 'dataset', 'd'), undefined),
  ];
  const failed = problemRow(within, 'Web', problem);
  const file = (ending: Ending, ...entries: readonly Entry[]): string => {
    const format = formats[ending](date);
    return [format.begin(), ...entries.map((entry) => format.entry(entry)), format.end()].join('');
  };
  const whole: Entry = { connection, below: [dataset, failed] };

  it('as CSV has a line for each, with the mark of UTF-8', () => {
    assert.equal(
      file('csv', whole, { below: [failed] }),
      [
        '\uFEFFservice,account,connection,connectionId,kind,name,id,state,status,details,owner,sandbox,link,problem',
        'Adobe CJA,Main,,,connection,Web,c,,,,,,,',
        'Adobe CJA,Main,Web,c,dataset,d,d,,,,,,,',
        ...[1, 2].map(() => 'Adobe CJA,Main,Web,c,problem,Web,,,,,,,,It failed. Down.'),
        '',
      ].join('\r\n'),
    );
  });

  it('as JSON holds connections with what lies below them, and problems apart', () => {
    const value: unknown = JSON.parse(file('json', whole, { below: [failed] }, { connection, below: [] }));
    const base = { service: 'Adobe CJA', account: 'Main', kind: 'connection', name: 'Web', id: 'c' };
    const told = {
      ...{ service: 'Adobe CJA', account: 'Main', connection: 'Web', connectionId: 'c' },
      kind: 'problem',
      name: 'Web',
      problem: 'It failed. Down.',
    };
    assert.deepEqual(value, {
      exported: '1970-01-01T00:00:00.000Z',
      connections: [
        { ...base, items: [{ kind: 'dataset', name: 'd', id: 'd' }] },
        { ...base, items: [] },
      ],
      problems: [told, told],
    });
    assert.deepEqual(JSON.parse(file('json')), {
      exported: '1970-01-01T00:00:00.000Z',
      connections: [],
      problems: [],
    });
  });

  it('as Markdown has a table for each account, and below them what could not be read', () => {
    const other = { ...connection, account: 'Second' };
    const text = file(
      'md',
      whole,
      { connection, below: [] },
      { connection: other, below: [] },
      { below: [failed] },
    );
    const head =
      '| Connection | Kind | Name | ID | Status | Details |\n| --- | --- | --- | --- | --- | --- |\n';
    assert.equal(
      text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
      [
        '# Connections\n\n1970-01-01T00:00:00.000Z\n',
        `\n## Main (Adobe CJA)\n\n${head}`,
        '|  | connection | Web | c |  |  |\n| Web | dataset | d | d |  |  |\n|  | connection | Web | c |  |  |\n',
        `\n## Second (Adobe CJA)\n\n${head}|  | connection | Web | c |  |  |\n`,
        '\n## Data that could not be read\n\n- Main › Web: It failed. Down.\n- Main › Web: It failed. Down.\n',
      ].join(''),
    );
    assert.ok(!file('md', { connection, below: [] }).includes('could not be read'));
  });
});
