import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PendingAuthorizations, authorize, type Browser } from '../../../../src/features/actions/authorize';
import type { AuthorizationRequest } from '../../../../src/core/services/contract/action';
import { accountRow, type StartedService, startService } from '../../../support/service';
import { getFailure } from '../../../support/rows';
import { getAction } from '../../../support/getAction';

const redirectUri = 'vscode://connections-explorer.connections-explorer/consent?windowId=2';
const document = {
  kind: 'document',
  text: JSON.stringify({ name: 'List', role: 'Source', connector: 'mailchimp', settings: {} }),
  base: '{}',
} as const;

/** The action that asks for consent, at the sample service. */
async function getConsent({ session }: StartedService<'krenalis'>): Promise<AuthorizationRequest> {
  const consent = await getAction(session.actions, accountRow, 'createConnection').consent(document, {});
  return consent ?? assert.fail('consent is asked for');
}

/** A consent whose page has that address, and which must not come to a code. */
function consentAt(address: string): AuthorizationRequest {
  return {
    application: 'List',
    authorizationUrl: () => Promise.resolve(address),
    exchangeCode: () => assert.fail('no code is redeemed'),
  };
}

/** A user who does with every page what the test says. */
function browser(open: Browser['open'], cancelled = new AbortController()): Browser & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    wayBack: () => Promise.resolve(redirectUri),
    mayOpen: (application, host) => Promise.resolve(asked.push(`${application} at ${host}`) > 0),
    open,
    whileWaiting: (work) => work(cancelled.signal),
  };
}

/** Follows a link of the page, and gives the query that the browser comes back with. */
async function follow(page: string, link: 'Allow' | 'Deny'): Promise<string> {
  const text = await (await fetch(page)).text();
  const href = new RegExp(`href="([^"]+)">${link}`).exec(text)?.[1] ?? '';
  const address = href.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  assert.ok(address.startsWith(redirectUri));
  return address.slice(address.indexOf('?') + 1);
}

describe('consent in the browser', () => {
  it('is requested at a named host, and its code returns to the request', async () => {
    await using h = await startService('krenalis');
    const callbacks = new PendingAuthorizations(['known-secret']);
    const user = browser(async (page) => {
      assert.equal(callbacks.take(await follow(page, 'Allow')), 'awaited');
    });
    assert.equal(await authorize(await getConsent(h), user, callbacks, {}), true);
    assert.deepEqual(user.asked, [`Mailchimp at ${new URL(h.sample.origin).host}`]);
    await getAction(h.session.actions, accountRow, 'createConnection').perform(document, {});
  });

  it('understands an answer that was decoded, as on the desktop', async () => {
    await using h = await startService('krenalis');
    const callbacks = new PendingAuthorizations(['known-secret']);
    const user = browser(async (page) => {
      callbacks.take(decodeURIComponent(await follow(page, 'Allow')));
    });
    assert.equal(await authorize(await getConsent(h), user, callbacks, {}), true);
  });

  it('that is refused says so, with the words of the application', async () => {
    await using h = await startService('krenalis');
    const callbacks = new PendingAuthorizations(['known-secret']);
    const user = browser(async (page) => {
      callbacks.take(await follow(page, 'Deny'));
    });
    const error = await getFailure(authorize(await getConsent(h), user, callbacks, {}));
    assert.equal(error.kind, 'rejected');
    assert.match(error.message, /denied in the browser\..*no.*\(access_denied\)/);
    assert.match(error.advice, /Nothing was changed/);
  });

  it('that fails for another reason leads to the set-up of OAuth', async () => {
    const callbacks = new PendingAuthorizations(['known-secret']);
    const user = browser((page) => {
      const state = new URL(page).searchParams.get('state') ?? '';
      return Promise.resolve(callbacks.take(`error=invalid_scope&state=${state}`));
    });
    const asking: AuthorizationRequest = {
      ...consentAt(''),
      authorizationUrl: ({ state }) => Promise.resolve(`https://login.example/?state=${state}`),
    };
    const error = await getFailure(authorize(asking, user, callbacks, {}));
    assert.match(error.message, /did not grant authorization\. \(invalid_scope\)/);
  });

  it('is not accepted with another state, and is accepted once', async () => {
    await using h = await startService('krenalis');
    const callbacks = new PendingAuthorizations(['known-secret']);
    const user = browser(async (page) => {
      const query = await follow(page, 'Allow');
      for (const forged of ['', 'code=x', 'code=x&state=', 'code=x&state=other', 'error=access_denied'])
        assert.equal(callbacks.take(forged), 'unknown', forged);
      assert.equal(callbacks.take(query), 'awaited');
      assert.equal(callbacks.take(query), 'late');
    });
    assert.equal(await authorize(await getConsent(h), user, callbacks, {}), true);
  });

  it('is not accepted with a query that cannot be decoded', () => {
    assert.equal(new PendingAuthorizations([]).take('state=%E0%A4%A&%=a&code'), 'unknown');
  });

  it('that comes too late is not accepted', async () => {
    await using h = await startService('krenalis');
    const callbacks = new PendingAuthorizations(['known-secret']);
    let answer: Promise<string> | undefined;
    const user = browser((page) => (answer = follow(page, 'Allow')));
    const error = await getFailure(authorize(await getConsent(h), user, callbacks, {}, 1));
    assert.equal(error.kind, 'timeout');
    assert.match(error.message, /not completed within/);
    assert.equal(callbacks.take((await answer) ?? ''), 'late');
  });

  it('ends when the user cancels the waiting, or does not open the page', async () => {
    await using h = await startService('krenalis');
    const cancelled = new AbortController();
    const callbacks = new PendingAuthorizations(['known-secret']);
    const giving = browser(() => {
      cancelled.abort();
      return Promise.resolve();
    }, cancelled);
    assert.equal(await authorize(await getConsent(h), giving, callbacks, {}), false);
    const refusing = {
      ...browser(() => assert.fail('nothing is opened')),
      mayOpen: () => Promise.resolve(false),
    };
    assert.equal(await authorize(await getConsent(h), refusing, callbacks, {}), false);
  });

  it('is requested only at a page with https or of this computer', async () => {
    const user = browser(() => assert.fail('nothing is opened'));
    for (const address of [
      'http://example.com/',
      'command:workbench.action.quit',
      'file:///etc/passwd',
      'vscode://publisher.other/run',
      'javascript:alert(1)',
      'https://user:word@example.com/',
      'https://',
    ]) {
      const error = await getFailure(
        authorize(consentAt(address), user, new PendingAuthorizations(['known-secret']), {}),
      );
      assert.deepEqual([error.kind, user.asked], ['protocol', []], address);
    }
  });

  it('that was not usable says that it is requested again', async () => {
    await using h = await startService('krenalis');
    const callbacks = new PendingAuthorizations(['known-secret']);
    const user = browser(async (page) => {
      callbacks.take(await follow(page, 'Allow'));
    });
    h.sample.inject({ match: { path: /auth-token$/ }, status: 503, body: 'Service Unavailable' });
    const error = await getFailure(authorize(await getConsent(h), user, callbacks, {}));
    assert.deepEqual([error.kind, error.status], ['server', 503]);
    assert.match(error.advice, /not used\. Save the document/);
  });

  it('reports why the browser does not open', async () => {
    const user = browser(() => Promise.reject(new Error('no browser')));
    const asking = consentAt('https://login.example/');
    await assert.rejects(
      authorize(asking, user, new PendingAuthorizations(['known-secret']), {}),
      /no browser/,
    );
  });
});
