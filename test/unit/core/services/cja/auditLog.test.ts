import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogPage } from '../../../../../src/core/services/contract/detailViews';
import type { Cursor } from '../../../../../src/core/services/contract/page';
import type { Session } from '../../../../../src/core/services/contract/service';
import { type Answer, answered } from '../../../../support/answered';
import { account, resource } from '../../../../support/fakes/store';
import { accountRow, startService } from '../../../../support/service';
import { getFailure, firstRow } from '../../../../support/rows';

const connection = resource(account, 'connection', 'dg_1', 'Web');
const dataView = resource(account, 'dataView', 'dv_1', 'Web (default)');

const ada = { id: 'ADA@AdobeID', idType: 'IMS', name: 'Ada Byron', email: 'ada@example.com' };

function entry(id: string, others: object = {}): object {
  return {
    id,
    dateCreated: '2026-10-01T16:30:13.377+00:00',
    action: 'EDIT',
    description: `What ${id} changed`,
    user: ada,
    component: { id: 'dg_1', idType: 'CONNECTION', name: 'Web' },
    ...others,
  };
}

function createPage(content: readonly unknown[], others: object = {}): object {
  return { content, last: true, totalElements: content.length, totalPages: 1, number: 0, ...others };
}

function getLog({ logs }: Session): NonNullable<NonNullable<Session['logs']>['history']> {
  return logs?.history ?? assert.fail('a history');
}

async function read(answer: Answer, of = connection): Promise<LogPage> {
  const { session } = await answered('cja', () => answer);
  return getLog(session).read(of, undefined, {});
}

async function cells(...content: readonly unknown[]): Promise<readonly (readonly string[])[]> {
  return (await read(createPage(content))).entries.map((each) => each.cells);
}

describe('the audit log of Adobe CJA', () => {
  it('is that of connections and data views, and asks for the component by its ID', async () => {
    const { session, asked } = await answered('cja', () => createPage([]));
    const log = getLog(session);
    for (const kind of ['account', 'dataset', 'backfill', 'group'] as const)
      assert.equal(log.appliesTo(resource(account, kind, 'x')), false, kind);
    for (const of of [connection, dataView]) {
      assert.equal(log.appliesTo(of), true);
      await log.read(of, undefined, {});
    }
    assert.deepEqual(asked, [
      'GET /auditlogs/api/v1/auditlogs?component=CONNECTION&componentId=dg_1&pageSize=100&pageNumber=0',
      'GET /auditlogs/api/v1/auditlogs?component=DATA_VIEW&componentId=dv_1&pageSize=100&pageNumber=0',
    ]);
    assert.equal(log.emptyText(connection), 'The audit log has no entries about this connection.');
    assert.equal(log.emptyText(dataView), 'The audit log has no entries about this data view.');
    const other = await getFailure(log.read(resource(account, 'dataset', 'x', 'Orders'), undefined, {}));
    assert.deepEqual([other.kind, other.message], ['rejected', '"Orders" has no audit log.']);
  });

  it('tells when, what, who and what changed', async () => {
    assert.deepEqual(await cells(entry('e1')), [
      ['2026-10-01T16:30:13.377+00:00', 'Edited', 'Ada Byron (ada@example.com)', 'What e1 changed'],
    ]);
  });

  it('tells of a user what the service tells, with an ID alone as a tooltip', async () => {
    const users = [
      { ...ada, email: null },
      { ...ada, name: null },
      { ...ada, name: null, email: null },
      { id: 42, name: '', email: ' ' },
      { name: null },
      'somebody',
      null,
    ];
    const told = await cells(...users.map((user, at) => entry(`e${at}`, { user })));
    assert.deepEqual(
      told.map(([, , user]) => user),
      ['Ada Byron', 'ada@example.com', 'Unknown user', 'Unknown user', '', '', ''],
    );
    const { entries } = await read(createPage(users.map((user, at) => entry(`e${at}`, { user }))));
    assert.deepEqual(
      entries.map(({ hints }) => hints?.[2]),
      [undefined, undefined, 'ADA@AdobeID', '42', undefined, undefined, undefined],
    );
  });

  it('keeps words and dates that it does not know, and lacks nothing that is there', async () => {
    const [odd, bare] = await cells(
      entry('e1', { action: 'EMBARGO', dateCreated: 'YYYY-10-01T16:30:13' }),
      { id: 'e2', description: 7 },
      { id: 'e3' },
      null,
      'text',
    );
    assert.deepEqual(odd?.slice(0, 2), ['YYYY-10-01T16:30:13', 'EMBARGO']);
    assert.deepEqual(bare, ['', '', '', '7']);
    const { received, entries } = await read(createPage([{ id: 'e3' }, null, 'text', entry('e4')]));
    assert.deepEqual([received, entries.length], [4, 1]);
  });

  it('leaves out what is about another component, with and without the prefixes of IDs', async () => {
    const about = (id: unknown): object => entry(`about ${String(id)}`, { component: { id } });
    const { entries } = await read(createPage([about('dg_1'), about('1'), about('dg_2'), about(null)]));
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['about dg_1', 'about 1', 'about null'],
    );
  });

  it('distinguishes entries without an ID', async () => {
    const same = { action: 'EDIT', description: 'same' };
    const { entries } = await read(createPage([same, same]));
    assert.equal(new Set(entries.map(({ id }) => id)).size, 2);
  });

  it('is read page by page, in both envelopes, until the service says or shows that it ends', async () => {
    for (const envelope of [
      (last: boolean) => ({ last }),
      (last: boolean) => ({ lastPage: last }),
      () => ({}),
    ]) {
      const { session, asked } = await answered('cja', (what) => {
        const number = Number(/pageNumber=(\d+)/.exec(what)?.[1]);
        const content = [entry(`e${number}`)];
        return { content, number, totalPages: 3, totalElements: 3, ...envelope(number === 2) };
      });
      let cursor: Cursor | undefined;
      const read: string[] = [];
      do {
        const page: LogPage = await getLog(session).read(connection, cursor, {});
        read.push(...page.entries.map(({ id }) => id));
        assert.equal(page.total, 3);
        cursor = page.next;
      } while (cursor !== undefined);
      assert.deepEqual([read, asked.length], [['e0', 'e1', 'e2'], 3]);
    }
  });

  it('does not read a service that repeats its page, or sends none, for ever', async () => {
    const repeating = await answered('cja', () => createPage([entry('e')], { last: false, totalPages: 9 }));
    const { next } = await getLog(repeating.session).read(connection, undefined, {});
    assert.equal((await getLog(repeating.session).read(connection, next, {})).next, undefined);
    assert.equal((await read(createPage([], { last: false }))).next, undefined);
  });

  it('explains absent permissions, but not what is wrong with the account', async () => {
    const refused = async (status: number, body: object): Promise<string> =>
      (await getFailure(read({ status, body }))).advice;
    for (const body of [{ errorCode: 'insufficient_access', errorDescription: 'no' }, {}])
      assert.match(await refused(403, body), /permission "Audit Logs Access".*Admin Console/);
    assert.match(
      await refused(403, { error_code: '403027', message: 'User region is missing' }),
      /organization ID/,
    );
    assert.match(await refused(404, {}), /may not be enabled for the organization/);
    assert.doesNotMatch(await refused(500, {}), /audit/i);
    assert.equal((await getFailure(read('[]'))).kind, 'protocol');
  });

  it('of the sample has what requests change, newest first, and hostile entries as they are', async () => {
    await using h = await startService('cja', { connections: 1, auditEntries: 8, hostile: true });
    const row = await firstRow(h.session, accountRow, 'connection');
    h.sample.clearRequests();
    const { entries, received } = await getLog(h.session).read(row, undefined, {});
    assert.deepEqual([received, entries.length, h.paths().length], [8, 6, 1]);
    assert.match(entries[0]?.cells[1] ?? '', /<script>/);
    assert.equal(entries.at(-1)?.cells[3]?.startsWith('Long Long'), true);
  });

  it('of the sample is refused without the permission', async () => {
    await using h = await startService('cja', { connections: 1, admin: false });
    const { kind, advice } = await getFailure(getLog(h.session).read(connection, undefined, {}));
    assert.deepEqual([kind, advice.includes('Audit Logs Access')], ['permission', true]);
    assert.doesNotMatch(h.log.join(), /example\.com/);
  });
});
