import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientOptions, HttpRequest } from '../../../../../src/core/http/types';
import { createHttpClient } from '../../../../../src/core/http/client';
import { connect } from '../../../../../src/core/services/cja/session';
import { origins } from '../../../../../src/core/services/cja/signIn/signIn';
import type { Log, LogPage } from '../../../../../src/core/services/contract/detailViews';
import type { Cursor } from '../../../../../src/core/services/contract/page';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import type { Session } from '../../../../../src/core/services/contract/service';
import { type Answer, answered } from '../../../../support/answered';
import { account, resource } from '../../../../support/fakes/store';
import { accountOfService, accountRow, startService, withBatches } from '../../../../support/service';
import { getFailure, firstRow } from '../../../../support/rows';

const PLATFORM = 'https://platform.adobe.io';
const dataset: Resource = {
  ...resource(account, 'dataset', '5f24', 'Orders'),
  searchAttributes: { sandbox: 'prod' },
};

function getBatches({ logs }: Session): Log {
  return logs?.batches ?? assert.fail('batches');
}

function batch(others: object = {}): object {
  return {
    created: Date.UTC(2026, 9, 1),
    status: 'success',
    metrics: { recordsRead: 4, recordsWritten: 3, recordsFailed: 1 },
    errors: [],
    relatedObjects: [{ type: 'dataSet', id: '5f24' }],
    ...others,
  };
}

async function read(
  answer: Answer,
  of = dataset,
  settings: Readonly<Record<string, string>> = {},
): Promise<LogPage> {
  const { session } = await answered('cja', () => answer, { batches: 'on', ...settings });
  return getBatches(session).read(of, undefined, {});
}

async function only(others: object): Promise<LogPage['entries'][number] | undefined> {
  return (await read({ b1: batch(others) })).entries[0];
}

describe('the batches of a dataset', () => {
  it('are off unless an account switches them on, which sends its token to a second origin', async () => {
    for (const settings of [{}, { batches: '' }, { platformEndpoint: PLATFORM }]) {
      const { session } = await answered('cja', () => ({}), settings);
      assert.equal(session.logs?.batches, undefined);
      assert.equal(origins(settings).length, 2);
    }
    assert.deepEqual(origins({ batches: 'on' }), [
      'https://cja.adobe.io',
      'https://ims-na1.adobelogin.com',
      PLATFORM,
    ]);
    assert.equal(
      origins({ batches: 'on', platformEndpoint: 'http://127.0.0.1:1/' })[2],
      'http://127.0.0.1:1',
    );
    for (const platformEndpoint of ['http://platform.adobe.io', 'https://x.example/path', 'nonsense'])
      assert.throws(() => origins({ batches: 'on', platformEndpoint }), { kind: 'rejected' });
    await assert.rejects(
      answered('cja', () => ({}), { batches: 'yes' }),
      { kind: 'rejected' },
    );
  });

  it('are asked for in their sandbox, with the headers of Adobe, and of datasets alone', async () => {
    const seen: HttpRequest[] = [];
    const { session, asked } = await answered(
      'cja',
      (_, request) => {
        seen.push(request);
        return {};
      },
      { batches: 'on' },
    );
    const log = getBatches(session);
    for (const kind of ['account', 'connection', 'backfill', 'dataView'] as const)
      assert.equal(log.appliesTo(resource(account, kind, 'x')), false, kind);
    assert.equal(log.appliesTo(dataset), true);
    await log.read(dataset, undefined, {});
    assert.deepEqual(asked, [
      'GET /data/foundation/catalog/batches?dataSet=5f24&orderBy=desc%3Acreated&limit=20&start=0',
    ]);
    assert.deepEqual(
      [seen[0]?.origin, seen[0]?.headers],
      [
        PLATFORM,
        {
          accept: 'application/json',
          authorization: 'Bearer token',
          'x-api-key': 'client',
          'x-gw-ims-org-id': 'X@AdobeOrg',
          'x-sandbox-name': 'prod',
        },
      ],
    );
  });

  it('have a client and a rate limit of their own, and each client sends to its own origins alone', () => {
    const clients: ClientOptions[] = [];
    const settings = { orgId: 'X@AdobeOrg', clientId: 'c', batches: 'on' };
    const session = connect(accountOfService('cja', settings), { clientSecret: 's' }, (options) => {
      clients.push(options);
      return createHttpClient(options, { log: () => undefined });
    });
    session.dispose();
    assert.deepEqual(
      clients.map(({ origins: to }) => to),
      [['https://cja.adobe.io', 'https://ims-na1.adobelogin.com'], [PLATFORM]],
    );
    assert.deepEqual(
      clients.map(({ rateLimit }) => rateLimit),
      [
        { requests: 12, interval: 6000 },
        { requests: 10, interval: 10_000 },
      ],
    );
  });

  it('tell state, records and errors', async () => {
    const entry = await only({
      status: 'failed',
      errors: [{ code: '106', description: 'Dataset file is empty.', rows: [] }, { code: 118 }, null],
    });
    assert.deepEqual(entry, {
      id: 'b1',
      at: '2026-10-01T00:00:00.000Z',
      cells: ['2026-10-01T00:00:00.000Z', '', '4', '3', '1', '106: Dataset file is empty.; 118', 'b1'],
      status: { state: 'failed', label: 'failed' },
    });
  });

  it('have all documented states, and others as Adobe spells them', async () => {
    const states = [
      ...['active:ok', 'success:ok', 'failed:failed', 'failure:failed', 'stalled:failed', 'abandoned:failed'],
      ...['loading:running', 'staging:running', 'staged:running', 'processing:running', 'retrying:warning'],
      ...['loaded:queued', 'queued:queued', 'aborted:inactive', 'inactive:inactive', 'archived:inactive'],
      ...['retained:inactive', 'deleted:inactive', 'Active:ok', 'unheard_of:unknown', 'toString:unknown'],
    ];
    for (const each of states) {
      const [label = '', state] = each.split(':');
      assert.deepEqual((await only({ status: label }))?.status, { state, label });
    }
    assert.equal((await only({ status: null }))?.status, undefined);
  });

  it('lack nothing that is there, whatever is missing', async () => {
    const older = { metrics: { inputRecordSize: '9', outputRecordSize: 8 } };
    assert.deepEqual((await only(older))?.cells.slice(2, 5), ['9', '8', '']);
    for (const created of [undefined, null, 'today', 1e300])
      assert.deepEqual([(await only({ created }))?.at, (await only({ created }))?.cells[0]], [undefined, '']);
    assert.equal((await only({ created: 8.64e15 }))?.at, '+275760-09-13T00:00:00.000Z');
    const many = Array.from({ length: 8 }, (_, at) => ({ code: String(at) }));
    assert.equal((await only({ errors: many }))?.cells[5], '0; 1; 2; 3; 4; and 3 more');
    assert.equal((await only({ errors: 'none', metrics: 7, relatedObjects: {} }))?.cells[6], 'b1');
  });

  it('of another dataset, and what is no batch, are left out but counted', async () => {
    const other = batch({ relatedObjects: [{ type: 'dataSet', id: 'another' }] });
    const { entries, received } = await read({ b1: batch(), b2: other, b3: null, b4: 'text' });
    assert.deepEqual([entries.length, received], [1, 4]);
    for (const body of ['[]', '"text"', 'null'])
      assert.equal((await getFailure(read(body))).kind, 'protocol');
  });

  it('are read page by page, and a full page is followed by another', async () => {
    const { session, asked } = await answered(
      'cja',
      (what) => {
        const start = Number(/start=(\d+)/.exec(what)?.[1]);
        const length = Math.min(20, 45 - start);
        return Object.fromEntries(Array.from({ length }, (_, at) => [`b${start + at}`, batch()]));
      },
      { batches: 'on' },
    );
    let cursor: Cursor | undefined;
    let received = 0;
    do {
      const page: LogPage = await getBatches(session).read(dataset, cursor, {});
      received += page.received;
      cursor = page.next;
    } while (cursor !== undefined);
    assert.deepEqual([received, asked.length], [45, 3]);
  });

  it('are not asked for in an unknown sandbox, unless the account has only one', async () => {
    const unknown = resource(account, 'dataset', '5f24', 'Orders');
    for (const sandbox of [undefined, '', 'zwei Wörter', 'a\r\nx-evil: 1']) {
      const of = { ...unknown, ...(sandbox !== undefined && { searchAttributes: { sandbox } }) };
      const { kind, message, advice } = await getFailure(read({}, of));
      assert.deepEqual([kind, message], ['rejected', 'Adobe does not say in which sandbox this dataset is.']);
      assert.match(advice, /sandbox name/);
    }
    assert.equal((await read({ b1: batch() }, unknown, { sandboxName: 'prod' })).received, 1);
  });

  it('say which permission is absent, but not instead of what is wrong with the account', async () => {
    const { advice } = await getFailure(read({ status: 403, body: { title: 'Forbidden' } }));
    assert.match(advice, /"View Datasets" in the sandbox prod/);
    const region = { status: 403, body: { error_code: '403027', message: 'User region is missing' } };
    assert.doesNotMatch((await getFailure(read(region))).advice, /View Datasets/);
  });

  it('of the sample are its own, and hostile ones stay texts', async () => {
    const sample = { connections: 1, datasets: 1, batches: 8 };
    for (const [hostile, entries] of [
      [false, 8],
      [true, 6],
    ] as const) {
      await using h = await startService('cja', { ...sample, hostile }, { settings: withBatches });
      const row = await firstRow(h.session, await firstRow(h.session, accountRow, 'connection'), 'dataset');
      h.sample.clearRequests();
      const page = await getBatches(h.session).read(row, undefined, {});
      assert.deepEqual([page.entries.length, page.received], [entries, 8]);
      assert.deepEqual(h.paths(), ['/data/foundation/catalog/batches']);
    }
  });
});
