import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { BatchResult } from '../../../../src/ui/commands/batch';
import {
  batchDetail,
  batchQuestion,
  batchReport,
  isBatchVerb,
  type NamedRow,
  type PlacedRow,
} from '../../../../src/ui/commands/batchTexts';
import { commands } from '../../../../src/shared/contributions';
import type { Verb } from '../../../../src/core/services/contract/action';
import type { Account } from '../../../../src/core/services/contract/signIn';

const account = (name: string, production = false): Account => ({
  ...{ id: name, service: 'immuta', name, production, sample: false, settings: {} },
});
const row = (name: string, of: Account): PlacedRow => ({
  names: ['Sales', name],
  account: of,
  service: 'Immuta',
});
const named = (name: string): NamedRow => ({ names: [name] });
const failed = (name: string, why: string): BatchResult<NamedRow> => ({
  ...{ item: named(name), state: 'failed', error: undefined },
  problem: { title: 'Request rejected.', detail: why, retryable: false },
});

describe('the question about several rows', () => {
  it('has texts for every verb that takes several rows, and says how many', () => {
    const verbs = (Object.keys(commands) as Verb[]).filter((verb) => isBatchVerb(verb));
    assert.ok(verbs.length > 5);
    for (const verb of verbs) assert.match(isBatchVerb(verb) ? batchQuestion(verb, 3) : '', /3 .*\?$/, verb);
  });

  it('names rows below their accounts, and skipped ones with the reason', () => {
    const [live, test] = [account('Live', true), account('Test')];
    const rows = [row('a', live), row('b', test), row('c', live)];
    const leftOut = [{ ...named('d'), reason: 'The pipeline is disabled.' }];
    assert.equal(
      batchDetail(rows, leftOut),
      [
        'Account: Live (Immuta) – Production\n• Sales › a\n• Sales › c',
        'Account: Test (Immuta)\n• Sales › b',
        'Skipped:\n• d: The pipeline is disabled.',
      ].join('\n\n'),
    );
  });

  it('names every account and counts every row, however many there are', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat(999)), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, (pairs) => {
        const text = batchDetail(
          pairs.map(([of, name]) => row(`row ${name}`, account(`Account ${of}`))),
          [],
        );
        const counted = [...text.matchAll(/And (\d+) more/g)].reduce(
          (sum, [, count]) => sum + Number(count),
          0,
        );
        assert.equal((text.match(/^• /gm) ?? []).length + counted, pairs.length);
        assert.ok((text.match(/^• /gm) ?? []).length <= 10);
        for (const [of] of pairs) assert.ok(text.includes(`Account ${of}`));
      }),
    );
  });
});

describe('the result for several rows', () => {
  it('says how many were done, and of each other why it was not', () => {
    const results: BatchResult<NamedRow>[] = [
      { item: named('a'), state: 'done' },
      { item: named('b'), state: 'done' },
      failed('c', 'It is locked.'),
      { item: named('d'), state: 'uncertain' },
      { item: named('e'), state: 'skipped' },
    ];
    const leftOut = [{ ...named('f'), reason: 'The pipeline is disabled.' }];
    const { text, severity } = batchReport('Validate', results, leftOut);
    assert.equal(severity, 'warning');
    assert.match(text, /^Validate: 2 of 5 succeeded\. 1 failed: "c": Request rejected\. It is locked\./);
    assert.match(text, /1 may have succeeded, but the response was lost: "d"\./);
    assert.match(text, /1 canceled: "e"\./);
    assert.match(text, /1 skipped: "f": The pipeline is disabled\./);
  });

  it('reports only what is done as done', () => {
    const some = fc.array(fc.constantFrom('done', 'started', 'failed', 'uncertain', 'skipped'), {
      maxLength: 9,
    });
    fc.assert(
      fc.property(some, (states) => {
        const results = states.map((state): BatchResult<NamedRow> =>
          state === 'failed' ? failed('x', 'No.') : { item: named('x'), state },
        );
        const reached = states.filter((state) => state === 'done' || state === 'started').length;
        const { text, severity } = batchReport('Validate', results, []);
        assert.match(text, new RegExp(`^Validate: ${reached} of ${states.length} (succeeded|started)\\.`));
        assert.equal(severity === 'info', reached === states.length);
      }),
    );
  });

  it('repeats the message of the service for each, and says of runs that they were started', () => {
    const done: BatchResult<NamedRow>[] = [
      { item: named('a'), state: 'done', message: 'Client health: HEALTHY' },
    ];
    assert.match(batchReport('Validate', done, []).text, /"a": Client health: HEALTHY/);
    const started: BatchResult<NamedRow>[] = [{ item: named('a'), state: 'started' }];
    assert.equal(batchReport('Start Run', started, []).text, 'Start Run: 1 of 1 started.');
  });

  it('stays as short as VS Code shows it, however long names and causes are', () => {
    const long = 'x'.repeat(400);
    const results = Array.from({ length: 50 }, () => failed(long, long));
    assert.ok(batchReport('Validate', results, []).text.length <= 1000);
  });
});
