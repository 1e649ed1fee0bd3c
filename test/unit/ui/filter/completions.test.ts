import '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { matches, parseFilter } from '../../../../src/ui/filter/terms';
import {
  completeFilter,
  FILTER_KEYS,
  filterHint,
  type FilterSource,
} from '../../../../src/ui/filter/completions';
import { everyRow, startEveryService } from '../../../support/everyService';
import { root } from '../../../scripts/lib/paths';
import { account, resource } from '../../../support/fakes/store';

const web: Resource = {
  ...resource(account, 'connection', 'dg_1', 'Web'),
  status: { state: 'failed', label: '1 failed' },
  searchAttributes: { owner: 'Ann Lee', sandbox: 'prod' },
};
const app: Resource = {
  ...resource(account, 'connection', 'dg_2', 'App'),
  status: { state: 'ok', label: '' },
  searchAttributes: { owner: 'Bob', sandbox: 'prod-eu' },
};
const source: FilterSource = { of: 'connections', rows: [web, app], datasets: ['Web Clicks', 'Orders'] };

function words(text: string): readonly string[] {
  return completeFilter(text, source).map(({ word }) => word);
}

describe('The completions of a filter', () => {
  it('are the keys that some connection has a value for', () => {
    assert.deepEqual(words(''), ['name:', 'id:', 'status:', 'owner:', 'sandbox:', 'dataset:']);
    assert.deepEqual(words('web S'), ['status:', 'sandbox:']);
    const all = completeFilter('', { of: 'connections', rows: [], datasets: [] }).map(({ word }) => word);
    assert.deepEqual(
      all,
      FILTER_KEYS.map((key) => `${key}:`),
    );
  });

  it('are the values after a key, first those that start with the typed text', () => {
    assert.deepEqual(words('status:'), ['status:ok', 'status:failed']);
    assert.deepEqual(words('owner:'), ['owner:"Ann Lee"', 'owner:Bob']);
    assert.deepEqual(words('OWNER:b'), ['owner:Bob']);
    assert.deepEqual(words('sandbox:eu'), ['sandbox:prod-eu']);
    assert.deepEqual(words('owner:"ann l'), ['owner:"Ann Lee"']);
    assert.deepEqual(words('dataset:cl'), ['dataset:"Web Clicks"']);
    for (const text of ['name:', 'id:', 'nonsense:', 'owner:"Ann Lee"'])
      assert.deepEqual(words(text), [], text);
  });

  it('find a value without its key, and omit complete ones', () => {
    assert.deepEqual(words('fail'), ['status:failed']);
    assert.deepEqual(words('pro'), ['sandbox:prod', 'sandbox:prod-eu']);
    assert.deepEqual(words('sandbox:prod'), ['sandbox:prod-eu']);
  });

  it('keep what was typed before, and let the next word start', () => {
    const [first] = completeFilter('web  owner:"an', source);
    assert.deepEqual(first, { word: 'owner:"Ann Lee"', meaning: 'Owner', filter: 'web  owner:"Ann Lee" ' });
    assert.equal(completeFilter('web ow', source)[0]?.filter, 'web owner:');
  });

  it('are few, however many values there are', () => {
    const connections = Array.from({ length: 100 }, (_, at) => ({
      ...web,
      searchAttributes: { owner: `Owner ${at}` },
    }));
    assert.equal(completeFilter('owner:', { of: 'connections', rows: connections, datasets: [] }).length, 12);
  });

  it('lead to the connection with the value, whatever the value is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(5), (owner, typed) => {
        fc.pre(!owner.includes('"') && owner.trim() !== '');
        const connection = { ...web, searchAttributes: { owner } };
        const text = `owner:"${owner.slice(0, typed)}`;
        const [found] = completeFilter(text, { of: 'connections', rows: [connection], datasets: [] });
        assert.ok(found, text);
        assert.ok(
          matches(connection, parseFilter(found.filter), () => false),
          found.filter,
        );
      }),
    );
  });
});

describe('The keys of a filter', () => {
  it('are all that connections of any service can be searched by', async () => {
    await using every = await startEveryService();
    const rows = (await Promise.all(every.sessions.map(everyRow))).flat();
    const keys = rows
      .filter(({ kind }) => kind === 'connection')
      .flatMap(({ searchAttributes }) => Object.keys(searchAttributes ?? {}));
    const fixed = ['name', 'id', 'status', 'dataset'];
    assert.deepEqual([...new Set([...fixed, ...keys])].sort(), [...FILTER_KEYS].sort());
    const page = readFileSync(join(root, 'docs', 'filtering.md'), 'utf8');
    for (const key of FILTER_KEYS) assert.ok(page.includes(`| \`${key}:`), key);
  });
});

describe('The hint of a filter', () => {
  const hint = (text: string): string | undefined => filterHint(text, source);

  it('names an unknown key, with the known ones', () => {
    assert.match(hint('web ownr:ann') ?? '', /^Unknown key "ownr"\. Keys: name, id, status, owner, .*type$/);
  });

  it('names a value that no connection has', () => {
    assert.equal(hint('status:broken'), 'No loaded connection has the status "broken"');
    assert.equal(hint('owner:ann owner:zoe'), 'No loaded connection has the owner "zoe"');
    assert.equal(hint('technology:x'), 'No loaded connection has the technology "x"');
  });

  it('is absent if all is well, or nothing is known', () => {
    for (const text of ['', 'zoe', 'owner:', 'status:fail', 'owner:ann owner:bob', 'dataset:x'])
      assert.equal(hint(text), undefined, text);
    assert.equal(filterHint('owner:zoe', { of: 'connections', rows: [], datasets: [] }), undefined);
  });
});
