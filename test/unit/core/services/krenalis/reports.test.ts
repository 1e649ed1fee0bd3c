import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getJson, type Resource } from '../../../../../src/core/services/contract/resource';
import { HttpError } from '../../../../../src/core/http/errors';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { Report } from '../../../../../src/core/services/contract/detailViews';
import { KrenalisReports } from '../../../../../src/core/services/krenalis/details/reports';
import { account, resource } from '../../../../support/fakes/store';
import { connectionNamed, firstPage, firstRow, rows } from '../../../../support/rows';
import { startService } from '../../../../support/service';

const pipeline = { ...resource(account, 'pipeline', 'p1', 'Import users'), hasChildren: true };

function createRun(json: Readonly<Record<string, unknown>>): Resource {
  const path = childPath(pipeline.path, 'run', 'r1');
  return { ...{ path, kind: 'run', id: 'r1', label: 'r1', hasChildren: false }, json: { id: 'r1', ...json } };
}

const run = createRun({
  pipeline: 'p1',
  startTime: '2026-11-21T07:45:14.736Z',
  endTime: '2026-11-21T07:47:01Z',
  passed: [3, 3, 3, 0, 1, 1, 1],
  failed: [0, 0, 0, 0, 2, 0, 0],
  error: '',
});

/** Reports of a service that gives the same answer to everything. */
class Answering {
  readonly asked: string[] = [];

  constructor(private readonly answer: unknown) {}

  read(of: Resource): Promise<Report> {
    const respond = (...what: readonly unknown[]) => {
      this.asked.push(JSON.stringify(what));
      const text = JSON.stringify(this.answer);
      return Promise.resolve({ status: 200, headers: new Headers(), url: 'https://k.example', text });
    };
    const operations = {
      errors: (id: string, query: unknown) => respond(id, query),
      metricsByDay: (id: string, days: number) => respond(id, days),
    } as unknown as ConstructorParameters<typeof KrenalisReports>[0];
    return new KrenalisReports(operations).read(of, {});
  }
}

describe('the errors of a Krenalis run', () => {
  const errors = (...list: readonly unknown[]): Answering => new Answering({ errors: list });

  it('are those of the minutes in which it ran, by step and message', async () => {
    const service = errors(
      { pipeline: 'p1', step: 4, count: 2, message: 'no email', lastOccurred: '2026-11-21T07:46:00Z' },
      { pipeline: 'p1', step: 1, count: 0, message: 'open x.csv', lastOccurred: '2026-11-21T07:45:00Z' },
    );
    const { columns, rows: cells, note, summary } = await service.read(run);
    assert.deepEqual(service.asked, [
      '["p1",{"start":"2026-11-21T07:45:00Z","end":"2026-11-21T07:48:00Z","limit":100}]',
    ]);
    assert.deepEqual(
      columns.map(({ label }) => label),
      ['Step', 'Message', 'Items', 'Last occurred'],
    );
    assert.deepEqual(cells, [
      ['Transformation', 'no email', '2', '2026-11-21T07:46:00Z'],
      ['Input validation', 'open x.csv', '', '2026-11-21T07:45:00Z'],
    ]);
    assert.equal(note, undefined);
    assert.deepEqual(summary, [
      { label: 'Error at Transformation', value: 'no email (2 items)' },
      { label: 'Error at Input validation', value: 'open x.csv' },
    ]);
  });

  it('are named as the version of the service counts its steps', async () => {
    const old = createRun({ ...getJson(run), passed: [0, 0, 0, 0, 0, 0], failed: [] });
    const error = { step: 4, message: 'x' };
    const step = async (of: Resource, answer: unknown = error): Promise<unknown> =>
      (await errors(answer).read(of)).rows[0]?.[0];
    assert.equal(await step(run), 'Transformation');
    assert.equal(await step(old), 'Output validation');
    assert.equal(await step(createRun({ ...getJson(run), passed: [], failed: [] })), 'Transformation');
    assert.equal(await step(run, { step: 9, message: 'x' }), 'Step 10');
    assert.equal(await step(run, { step: -1, message: 'x' }), 'Step 0');
    assert.equal(await step(run, { message: 'x' }), '');
  });

  it('say how many are left out, and where there are none', async () => {
    const noted = async (...list: readonly unknown[]): Promise<string | undefined> =>
      (await errors(...list).read(run)).note;
    assert.equal(await noted(), 'The service has no errors of this run.');
    assert.equal(await noted({ step: 1, message: 'x' }, null, 'odd', {}), '3 errors could not be read.');
    const many = Array.from({ length: 100 }, (_, at) => ({ step: 1, message: `m${at}` }));
    assert.equal(await noted(...many), 'Showing the latest 100 errors.');
    const { summary } = await errors(...many).read(run);
    assert.deepEqual(summary.at(-1), { label: 'Errors', value: 'and 97 more' });
    assert.equal(summary.length, 4);
    const last = async (count: number): Promise<unknown> =>
      (await errors(...many.slice(0, count)).read(run)).summary.at(-1);
    assert.deepEqual(await last(4), { label: 'Errors', value: 'and 1 more' });
    assert.deepEqual(await last(3), { label: 'Error at Input validation', value: 'm2' });
  });

  it('of a run that has not ended reach until now, and a run without a start has none', async () => {
    const service = errors();
    const before = Date.now();
    await service.read(createRun({ ...getJson(run), endTime: null }));
    const [, end = ''] = /"end":"([^"]+)"/.exec(service.asked[0] ?? '') ?? [];
    assert.ok(Date.parse(end) > before && Date.parse(end) <= Date.now() + 60_000, end);
    for (const startTime of [null, 'soon'])
      await assert.rejects(
        errors().read(createRun({ ...getJson(run), startTime })),
        (error) => error instanceof HttpError && error.kind === 'rejected',
      );
  });

  it('are read where a run failed or rejected items', () => {
    const reports = new KrenalisReports({} as unknown as ConstructorParameters<typeof KrenalisReports>[0]);
    const explained = [
      run,
      createRun({ ...getJson(run), failed: [], error: 'x' }),
      createRun({ ...getJson(run), failed: [0], error: '' }),
      pipeline,
      { ...pipeline, json: { error: 'x' } },
    ].map((each) => reports.explainsFailure(each));
    assert.deepEqual(explained, [true, true, false, false, false]);
    const event = { ...pipeline, hasChildren: false };
    assert.deepEqual(
      [run, pipeline, event, resource(account, 'connection', 'c')].map((each) => reports.title(each)),
      ['Errors', 'Last 30 days', undefined, undefined],
    );
  });

  it('are refused as a protocol problem if the answer has no list', async () => {
    for (const answer of [{}, [], 'x', { errors: {} }])
      await assert.rejects(
        new Answering(answer).read(run),
        (error) => error instanceof HttpError && error.kind === 'protocol',
      );
  });
});

describe('the metrics of a Krenalis pipeline', () => {
  it('are told of the days on which something happened, the latest first', async () => {
    const service = new Answering({
      start: '2026-11-20T00:00:00Z',
      end: '2026-11-23T00:00:00Z',
      metrics: [
        { pipeline: 'other', passed: [[9]], failed: [[9]] },
        {
          pipeline: 'p1',
          passed: [
            [2, 2, 2, 0, 2, 2, 2],
            [0, 0, 0, 0, 0, 0, 0],
            [10, 10, 7, 0, 5, 5, 4],
          ],
          failed: [[], null, [0, 0, 3, 0, 2, 0, 1]],
        },
      ],
    });
    const { columns, rows: cells } = await service.read(pipeline);
    assert.deepEqual(service.asked, ['["p1",30]']);
    assert.deepEqual(
      columns.map(({ label }) => label),
      ['Day (UTC)', 'Received', 'Finished', 'Failed', 'Failed at'],
    );
    assert.deepEqual(cells, [
      ['2026-11-22', '10', '4', '6', 'Filter: 3, Transformation: 2, Finalize: 1'],
      ['2026-11-20', '2', '2', '0', ''],
    ]);
  });

  it('say so where nothing happened, and refuse an answer without its first day', async () => {
    const { rows: cells, note } = await new Answering({ start: '2026-11-20', metrics: null }).read(pipeline);
    assert.deepEqual([cells, note], [[], 'Nothing was received in this time.']);
    await assert.rejects(new Answering({ metrics: [] }).read(pipeline), /which day it begins/);
  });
});

describe('the reports of the sample', () => {
  it('tell why a run failed and what it rejected, with a request each', async () => {
    await using h = await startService('krenalis');
    const { session, sample } = h;
    const reports = session.reports ?? assert.fail();
    const lake = await connectionNamed(session, 'Data lake');
    const pipelines = rows((await session.children(lake, firstPage(), {})).items, 'pipeline');
    const named = (name: RegExp): Resource =>
      pipelines.find(({ label }) => name.test(label)) ?? assert.fail();
    const [good, bad] = [named(/CSV/), named(/missing/)];
    sample.krenalis.rejectItems(good.id, [{ message: 'email is missing', count: 2 }]);
    sample.clearRequests();
    const read = async (of: Resource): Promise<readonly (readonly string[])[]> => {
      const first = await firstRow(session, of, 'run');
      return (await reports.read(first, {})).rows;
    };
    const [[...failure] = []] = await read(bad);
    assert.deepEqual(failure.slice(0, 3), [
      'Input validation',
      'open missing.csv: no such file or directory',
      '',
    ]);
    const [[...rejection] = []] = await read(good);
    assert.deepEqual(rejection.slice(0, 3), ['Transformation', 'email is missing', '2']);
    const metrics = await reports.read(good, {});
    assert.deepEqual(metrics.rows[0]?.slice(1), ['10', '8', '2', 'Transformation: 2']);
    const asked = sample.requests.map(({ path }) => path.split('/').slice(2, 4).join('/'));
    assert.deepEqual(
      asked.filter((path) => !path.includes('runs')),
      ['pipelines/errors', 'pipelines/errors', 'pipelines/metrics'],
    );
  });
});
