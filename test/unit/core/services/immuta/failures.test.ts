import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpErrorKind } from '../../../../../src/core/http/errors';
import type { Fault } from '../../../../../src/sample/faults';
import { toProblem } from '../../../../../src/core/services/common/problem';
import { accountRow, startService } from '../../../../support/service';
import { getFailure, firstPage, connectionIn } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';

interface Case {
  readonly name: string;
  readonly fault: Omit<Fault, 'match'>;
  readonly kind: HttpErrorKind;
  readonly says: RegExp;
  readonly advice: RegExp;
}

const page = { headers: { 'content-type': 'text/html' }, body: '<html>Not here</html>' };
const plain = { 'content-type': 'text/plain' };

/** Answers to the exchange of the key, which is the first request to an address. */
const elsewhere: readonly Case[] = [
  {
    name: 'a wrong address, which has no such page',
    fault: { status: 404, ...page },
    kind: 'notFound',
    says: /No Connections API/,
    advice: /^Check the tenant address/,
  },
  {
    name: 'a wrong address, which has a page of its own',
    fault: { status: 200, ...page },
    kind: 'protocol',
    says: /web page instead of data/,
    advice: /in a browser. If a sign-in page of your network appears/,
  },
];

const troubles: readonly Case[] = [
  {
    name: 'a rate limit with Retry-After beyond what anybody waits',
    fault: { status: 429, headers: { ...plain, 'retry-after': '120' }, body: 'Slow down' },
    kind: 'rateLimit',
    says: /HTTP 429: Slow down/,
    advice: /Try again in 2 minutes/,
  },
  {
    name: '503 as plain text',
    fault: { status: 503, headers: plain, body: 'Down for an upgrade' },
    kind: 'server',
    says: /HTTP 503: Down for an upgrade/,
    advice: /later/,
  },
];

describe('failures of Immuta', () => {
  for (const [path, cases] of [
    [/authenticate$/, elsewhere],
    [/connections$/, troubles],
  ] as const) {
    for (const { name, fault, kind, says, advice } of cases) {
      it(name, async () => {
        await using h = await startService('immuta');
        h.sample.inject({ match: { path }, ...fault });
        const error = await getFailure(h.session.children(accountRow, firstPage(), {}));
        assert.equal(error.kind, kind);
        assert.match(error.message, says);
        assert.match(error.advice, advice);
      });
    }
  }

  it('waits as long as Retry-After says, then has the answer', async () => {
    await using h = await startService('immuta');
    h.sample.inject({
      match: { path: /connections$/ },
      times: 1,
      status: 429,
      headers: { 'retry-after': '7' },
    });
    const waits: number[] = [];
    await h.session.children(accountRow, firstPage(), { onWait: ({ delay }) => waits.push(delay) });
    assert.deepEqual(waits, [7000]);
  });
});

describe('an Immuta connection that is deleted meanwhile', () => {
  for (const id of ['deactivate', 'validate', 'syncDataObjects', 'deleteConnection']) {
    it(`is reported as gone by ${id}, once`, async () => {
      await using h = await startService('immuta', { connections: 1 });
      const connection = await connectionIn(h.session, 'ACTIVE');
      h.sample.immuta.removeConnection(connection.id);
      h.sample.clearRequests();
      const doing = getAction(h.session.actions, connection, id).perform({ kind: 'none' }, {});
      const { title, detail, advice } = toProblem(await getFailure(doing));
      assert.equal(title, 'Not found.');
      assert.match(detail, /HTTP 404: Connection not found/);
      assert.match(advice ?? '', /may have been deleted\. Refresh/);
      assert.equal(h.asked().length, 1);
    });
  }

  it('is reported as gone by an edit in progress', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const actions = h.session.actions ?? assert.fail();
    const { text } = await getAction(actions, connection, 'editConnection').draft({});
    h.sample.immuta.removeConnection(connection.id);
    const changed = text.replace(/"authenticationType": "\w*"/, '"authenticationType": "Other"');
    assert.notEqual(changed, text);
    const document = { kind: 'document', text: changed, base: text } as const;
    for (const doing of [
      getAction(actions, connection, 'editConnection').preview(document, {}),
      getAction(actions, connection, 'editConnection').perform(document, {}),
    ]) {
      assert.equal((await getFailure(doing)).kind, 'notFound');
    }
  });
});
