import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { HttpError } from '../../../../../src/core/http/errors';
import {
  brokenChoices,
  brokenItems,
  brokenTerms,
  checkItems,
  toFlaw,
} from '../../../../../src/core/services/common/items';
import { brokenRuns, strayRuns, latestRuns } from '../../../../../src/core/services/common/currentRuns';
import { ExpiringMap } from '../../../../../src/core/base/expiringMap';
import {
  dateRow,
  decodedRows,
  idRow,
  knownFacts,
} from '../../../../../src/core/services/common/overviewRows';
import {
  addressField,
  cleanToken,
  optionField,
  secretField,
  tokenField,
  checkSettings,
  getList,
  getText,
} from '../../../../../src/core/services/common/signInFields';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { RunEntry } from '../../../../../src/core/services/contract/runs';
import { parseTimes, lastActivity } from '../../../../../src/core/services/common/dates';
import { texts } from '../../../../../src/core/base/texts';
import { linkOrNone } from '../../../../../src/core/http/requestPath';
import { account, resource } from '../../../../support/fakes/store';

const DAY_MS = 86_400_000;

describe('the settings of an account', () => {
  const fields = [
    addressField('endpoint', 'Address', 'https://a.example'),
    secretField('apiKey', 'API key', 'Paste it.', 'No key.'),
  ];

  it('are refused by the name of the first unusable one', () => {
    for (const [given, wrong] of [
      [{ apiKey: 'k' }, undefined],
      [{ endpoint: 'https://b.example', apiKey: 'k' }, undefined],
      [{ endpoint: 'no address', apiKey: '' }, /^Address: /],
      [{}, /^API key: No key\.$/],
    ] as const) {
      const check = (): void => {
        checkSettings(fields, given);
      };
      if (!wrong) check();
      else
        assert.throws(check, (error) => {
          assert.ok(error instanceof HttpError);
          assert.deepEqual([error.kind, error.blamesAccount], ['rejected', true]);
          assert.match(error.message, wrong);
          return true;
        });
    }
  });

  it('are texts without spaces, or lists of words', () => {
    const values = { a: ' x ', b: '  ', c: 'p, q  r,,s' };
    assert.deepEqual(
      [getText(values, 'a'), getText(values, 'b'), getText(values, 'd')],
      ['x', undefined, undefined],
    );
    assert.deepEqual(
      [getList(values, 'c'), getList(values, 'b'), getList(values, 'd')],
      [['p', 'q', 'r', 's'], [], []],
    );
    assert.deepEqual([texts(['a', 1, null, 'b']), texts('a'), texts(undefined)], [['a', 'b'], [], []]);
  });

  it('accept what can be one, and say what is wrong with other text', () => {
    const [address, secret] = fields;
    const token = tokenField('token', 'Token', '', 'No token.');
    const option = optionField('name', 'Name', '');
    for (const [field, text, complaint] of [
      [secret, 'k3y', undefined],
      [secret, ' k3y ', undefined],
      [secret, 'k y', 'No key.'],
      [secret, 'kéy', 'No key.'],
      [secret, '', 'No key.'],
      [token, 'Bearer a\nb', undefined],
      [token, 'Bearer', 'No token.'],
      [option, 'a b', undefined],
      [option, 'a\nb', 'Enter one line of text.'],
      [address, 'https://a.example', undefined],
    ] as const)
      assert.equal(field?.validate(text), complaint, JSON.stringify(text));
    assert.match(secret?.validate('x'.repeat(1_000_000)) ?? '', /^At most \d+ characters\.$/);
    assert.deepEqual(
      [address, secret, token, option].map((field) => [field?.secret, field?.optional, field?.default]),
      [
        [false, true, 'https://a.example'],
        [true, false, undefined],
        [true, false, undefined],
        [false, true, undefined],
      ],
    );
  });

  it('accept a token however it was pasted', () => {
    for (const pasted of ['abc', ' abc ', 'Bearer abc', 'bearer\tab\nc', 'a b\r\nc'])
      assert.equal(cleanToken(pasted), 'abc');
    assert.deepEqual([cleanToken('Bearer'), cleanToken('Bearerabc')], ['', 'Bearerabc']);
  });
});

describe('the properties of a resource', () => {
  it('are those that are known, with their hints', () => {
    const facts = knownFacts([
      ['Name', 'Shop'],
      ['Owner', undefined],
      ['Note', ''],
      idRow('ID', '7'),
      dateRow('Created', '2026-11-01T08:30:00Z'),
      dateRow('Changed', 'soon'),
      dateRow('Gone', undefined),
    ]);
    assert.deepEqual(facts, [
      { label: 'Name', value: 'Shop' },
      { label: 'ID', value: '7', copy: true },
      { label: 'Created', value: '2026-11-01 08:30 UTC', date: '2026-11-01T08:30:00Z' },
      { label: 'Changed', value: 'soon' },
    ]);
  });

  it('are left out if they cannot be decoded', () => {
    const schema = v.object({ a: v.string() });
    const rows = ({ a }: { readonly a: string }) => [['A', a]] as const;
    assert.deepEqual(decodedRows(schema, { a: 'x' }, rows), [['A', 'x']]);
    assert.deepEqual(decodedRows(schema, { a: 1 }, rows), []);
  });

  it('have no link if an ID cannot be part of a URL', () => {
    assert.equal(
      linkOrNone(() => 'https://a.example'),
      'https://a.example',
    );
    assert.equal(
      linkOrNone(() => {
        throw new HttpError('rejected', 'No');
      }),
      undefined,
    );
    assert.throws(
      () =>
        linkOrNone(() => {
          throw new TypeError('bug');
        }),
      TypeError,
    );
  });
});

describe('the latest runs', () => {
  const now = Date.parse('2026-11-20T00:00:00Z');
  const connection = childPath(account, 'connection', 'c');
  const judge = {
    isActive: ({ description }: { readonly description?: string }) => description === 'live',
    times: ({ label }: { readonly label: string }) =>
      label === '' ? {} : { started: new Date(now - Number(label) * DAY_MS).toISOString() },
  };
  const run = (id: string, days: number | '', live = false, parent = account): RunEntry => ({
    run: { ...resource(parent, 'run', id, String(days)), ...(live && { description: 'live' }) },
    ancestors: [],
  });
  const ids = (entries: readonly RunEntry[]): readonly string[] =>
    latestRuns(entries, [], judge, now).map((entry) => entry.run.id);

  it('are active ones, however old, and those that ended within a week, newest first', () => {
    const entries = [run('old', 8), run('week', 7), run('long', 90, true), run('new', 1), run('undated', '')];
    assert.deepEqual(ids(entries), ['undated', 'new', 'week', 'long']);
  });

  it('are at most 500 that have ended, and all active ones', () => {
    const over = Array.from({ length: 600 }, (_, at) => run(`o${at}`, at / 600));
    const live = Array.from({ length: 600 }, (_, at) => run(`l${at}`, 1, true));
    const found = ids([...over, ...live]);
    assert.equal(found.length, 1100);
    assert.ok(found.includes('o499') && !found.includes('o500'));
  });

  it('are those of a place, if one is requested', () => {
    const entries = [run('in', 1, false, connection), run('out', 1)];
    const found = latestRuns(entries, [connection], judge, now);
    assert.deepEqual(
      found.map((entry) => entry.run.id),
      ['in'],
    );
  });

  it('have the time of their last update, and only valid dates', () => {
    const [created, started, completed] = ['2026-11-01', '2026-11-02', '2026-11-03'];
    assert.equal(lastActivity({ created, started, completed }), Date.parse(completed));
    assert.equal(lastActivity({ created, started }), Date.parse(started));
    assert.equal(lastActivity({ created }), Date.parse(created));
    assert.deepEqual([lastActivity({}), lastActivity({ created: 'soon' })], [undefined, undefined]);
    assert.deepEqual(parseTimes({ created, started: 'soon', completed: undefined }), { created });
    assert.deepEqual(parseTimes({ started, completed }), { started, completed });
  });
});

describe('items that cannot be shown', () => {
  it('are counted in a row that says so, and in none if there are none', () => {
    assert.deepEqual([brokenItems(0), brokenTerms(0), brokenChoices(0)], [undefined, [], []]);
    assert.deepEqual([brokenRuns({ path: account }, 0), strayRuns({ path: account }, 0)], [[], []]);
    for (const [count, items, runs, strays] of [
      [1, 'An item cannot be shown.', 'A run cannot be shown.', 'A run could not be assigned.'],
      [2, '2 items cannot be shown.', '2 runs cannot be shown.', '2 runs could not be assigned.'],
    ] as const) {
      const problem = brokenItems(count);
      assert.deepEqual([problem?.title, problem?.retryable], [items, false]);
      const [term] = brokenTerms(count);
      const [choice] = brokenChoices(count);
      assert.deepEqual([term?.label, term?.problem, choice?.label], [items, problem, items]);
      const rows = [...brokenRuns({ path: account }, count), ...strayRuns({ path: account }, count)];
      assert.deepEqual(
        rows.map((row) => [row.kind, row.problem?.title, row.problem?.retryable]),
        [
          ['problem', runs, false],
          ['problem', strays, false],
        ],
      );
    }
  });

  it('are tolerated among others, and prove nothing if there are no others', () => {
    const schema = v.object({ id: v.string() });
    const check = (...values: readonly unknown[]): void => {
      checkItems({ status: 200, headers: {}, text: '' }, values, schema);
    };
    check();
    check({ id: 'a' });
    check({}, { id: 'a' });
    assert.throws(() => {
      check({ id: 1 }, {});
    }, /id should be string but is 1/);
    assert.equal(toFlaw(undefined), 'it is not an object');
  });
});

describe('a map with expiry', () => {
  it('forgets an entry when it expires, is set again or is deleted', () => {
    let now = 0;
    const map = new ExpiringMap<string, number>(10, () => now);
    map.set('a', 1);
    map.set('b', 2);
    now = 9;
    assert.deepEqual([map.get('a'), map.get('b'), map.get('c')], [1, 2, undefined]);
    map.set('a', 3);
    map.delete('b');
    assert.equal(map.get('b'), undefined);
    now = 10;
    assert.equal(map.get('a'), 3);
    now = 19;
    assert.equal(map.get('a'), undefined);
    now = 5;
    assert.equal(map.get('a'), undefined, 'it is gone');
  });
});
