import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { Store } from '../../../../src/core/store/store';
import { withoutRepetition } from '../../../../src/ui/tree/repeatedProblems';
import { startService, ACCOUNT_PATH, SERVICE_IDS } from '../../../support/service';

const problemAt = (store: Store, path: ResourcePath): Resource | undefined =>
  withoutRepetition(store, path, store.rows(path) ?? []).find(({ problem }) => problem);

describe('A failure that the row of a list above reports', () => {
  for (const service of SERVICE_IDS) {
    it(`is shortened below, and complete without that row: ${service}`, async () => {
      await using opened = await startService(service, { connections: 2 });
      const { store, sample } = opened;
      const top =
        service === 'datadog'
          ? ((await store.load(ACCOUNT_PATH))[0]?.path ?? assert.fail('no entity'))
          : ACCOUNT_PATH;
      const [connection] = (await store.load(top)).filter(({ kind }) => kind === 'connection');
      const below = connection?.path ?? assert.fail('no connection');
      await store.load(below);
      const stop = sample.inject({ match: { path: /./ }, status: 503, body: { message: 'Boom' } });
      await store.refresh(top);
      await store.refresh(below);
      const [above, repeated] = [problemAt(store, top), problemAt(store, below)];
      assert.match(above?.problem?.advice ?? '', /Try again later|could not reach/);
      assert.equal(above?.description, above?.problem?.detail);
      const { label, description, problem } = repeated ?? assert.fail('nothing below');
      assert.deepEqual([label, description], [above?.label, 'same problem as above']);
      assert.deepEqual([problem?.advice, problem?.retryable], [undefined, true]);
      // The store, which panels and tools use, has the complete text.
      const own = store.rows(below)?.find(({ problem }) => problem)?.problem;
      assert.equal(own?.advice, above?.problem?.advice);
      stop();
      await store.refresh(top);
      assert.equal(problemAt(store, top), undefined);
      if (store.rows(below)?.some(({ problem }) => problem))
        assert.equal(problemAt(store, below)?.problem?.advice, own?.advice);
    });
  }

  it('is complete if it differs', async () => {
    await using opened = await startService('cja', { connections: 2 });
    const { store, sample } = opened;
    const [connection] = (await store.load(ACCOUNT_PATH)).filter(({ kind }) => kind === 'connection');
    const below = connection?.path ?? assert.fail('no connection');
    await store.load(below);
    sample.inject({ match: { path: /\/data\/connections$/ }, status: 503, body: { message: 'Boom' } });
    sample.inject({ match: { path: /\/data\/connections\/./ }, status: 403, body: { message: 'No' } });
    await store.refresh(ACCOUNT_PATH);
    await store.refresh(below);
    assert.match(problemAt(store, below)?.problem?.advice ?? '', /administrator/);
    assert.match(problemAt(store, below)?.description ?? '', /403/);
  });
});

describe('A failure reported above', () => {
  const [top, middle] = [accountPath('a'), childPath(accountPath('a'), 'entity', 'e')];
  const path = childPath(middle, 'connection', 'c');
  const failure = (cause?: string): Resource => ({
    ...{
      path: childPath(path, 'problem', 'p'),
      kind: 'problem',
      id: 'p',
      label: 'It failed.',
      hasChildren: false,
    },
    problem: {
      title: 'It failed.',
      detail: 'Down.',
      advice: 'Wait.',
      retryable: true,
      ...(cause !== undefined && { cause }),
    },
  });
  const adviceBelow = (
    rows: readonly Resource[],
    above: Readonly<Record<string, readonly Resource[]>>,
  ): unknown =>
    withoutRepetition({ rows: (each) => above[each] }, path, rows).map(({ problem }) => problem?.advice);

  it('is searched for at every level, also if one is not loaded', () => {
    const rows = [failure('x'), failure('y'), failure()];
    assert.deepEqual(adviceBelow(rows, {}), ['Wait.', 'Wait.', 'Wait.']);
    assert.deepEqual(adviceBelow(rows, { [top]: [failure('x')] }), [undefined, 'Wait.', 'Wait.']);
    assert.deepEqual(adviceBelow(rows, { [middle]: [failure(), failure('y')] }), [
      'Wait.',
      undefined,
      'Wait.',
    ]);
    assert.deepEqual(
      adviceBelow([failure()], { [top]: [failure()] }),
      ['Wait.'],
      'nobody knows whether it is the same',
    );
    assert.deepEqual(
      adviceBelow(rows, { [path]: rows }),
      ['Wait.', 'Wait.', 'Wait.'],
      'a list is not above itself',
    );
  });
});
