import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  formatAccountFile,
  parseAccountFile,
  planImport,
  type FileAccount,
} from '../../../../src/features/accounts/accountFile';
import type { Account } from '../../../../src/core/services/contract/signIn';
import { cleanLine } from '../../../../src/shared/plainText';
import { HttpError } from '../../../../src/core/http/errors';
import { service } from '../../../support/fakes/accounts';
import { loadedServices } from '../../../support/loadedServices';
import { SIGN_INS } from '../../../support/signIns';

const services = loadedServices();
const org = '0123456789ABCDEF01234567@AdobeOrg';

function account(name: string, more: Partial<Account> = {}): Account {
  const settings = { orgId: org, clientId: 'c1', imsEndpoint: 'http://localhost:1' };
  return { id: name, service: 'cja', name, production: false, sample: false, settings, ...more };
}

const file = (accounts: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ connectionsExplorerAccounts: 1, accounts, ...more }, undefined, 2);
const entry = (more: object = {}): object => ({
  service: 'cja',
  name: 'A',
  production: false,
  settings: {},
  ...more,
});

/** Why a file is refused. */
function refusal(text: string): string {
  try {
    parseAccountFile(text, services);
  } catch (error) {
    return error instanceof Error ? error.message.replace(' No account was imported.', '') : String(error);
  }
  return assert.fail(`not refused: ${text}`);
}

describe('A file of accounts', () => {
  it('contains the settings of every service, and no secret, not even one among its settings', () => {
    const accounts = services.map(({ id }) => {
      const { settings = {}, secrets = {} } = SIGN_INS[id] ?? {};
      const all = { ...settings, ...Object.fromEntries(Object.keys(secrets).map((key) => [key, 'canary'])) };
      return account(id, { service: id, settings: { ...all, unknown: 'canary' } });
    });
    const text = formatAccountFile(accounts, services);
    assert.ok(!text.includes('canary'));
    for (const read of parseAccountFile(text, services))
      assert.deepEqual(read.settings, SIGN_INS[read.service]?.settings);
    assert.match(text, /^\{\n {2}"connectionsExplorerAccounts": 1,\n/);
  });

  it('returns what was written, whatever names and settings contain', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
      .filter((text) => cleanLine(text) === text);
    const line = fc.string({ maxLength: 50 }).filter((text) => !/\p{Cc}/u.test(text) && text !== '');
    const any = fc.record({ name, production: fc.boolean(), tenant: line, sandboxName: line });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), (given) => {
        const written = given.map(({ name: each, production, tenant, sandboxName }): FileAccount => ({
          ...{ service: 'cja', name: each, production },
          settings: { orgId: org, tenant, sandboxName },
        }));
        const accounts = written.map((each) => ({ ...each, id: 'x', sample: false }));
        assert.deepEqual(parseAccountFile(formatAccountFile(accounts, services), services), written);
      }),
    );
  });

  it('is refused with the line of the error, and nothing of it is used', () => {
    const good = entry();
    const cases = [
      ['{\n "a": 1,\n}', 'Line 3: The file is not valid JSON.'],
      ['', 'Line 1: The file is not valid JSON.'],
      ['[]', 'Line 1: This is not a file of exported accounts.'],
      ['\n[]', 'Line 1: This is not a file of exported accounts.'],
      ['{"accounts":[]}', 'Line 1: This is not a file of exported accounts.'],
      [
        file([], { connectionsExplorerAccounts: 2 }),
        'Line 2: The file is from another version of the extension.',
      ],
      [file([], { more: 1 }), 'Line 4: "more" is unknown.'],
      [file(Array.from({ length: 501 }, () => good)), 'Line 3: The file has more than 500 accounts.'],
      [file([good, entry({ service: 'later' })]), 'Line 11: The service is unknown.'],
      [file([entry({ name: ' \u202E' })]), 'Line 6: A name of 1 to 200 characters is required.'],
      [file([entry({ name: 'x'.repeat(201) })]), 'Line 6: A name of 1 to 200 characters is required.'],
      [file([entry({ production: 1 })]), 'Line 7: "production" must be true or false.'],
      [file([entry({ secrets: {} })]), 'Line 9: "secrets" is unknown.'],
      [file([good, 1]), 'Line 10: The service is unknown.'],
      [file([entry({ settings: [] })]), 'Line 8: An account requires a name and text settings.'],
      [
        file([entry({ settings: { tenant: 1 } })]),
        'Line 9: "tenant" must be a text of at most 10000 characters.',
      ],
      [file([entry({ settings: { later: '' } })]), 'Line 9: "later" is unknown.'],
      [
        file([entry({ settings: { clientSecret: 'canary' } })]),
        'Line 9: "clientSecret" is a secret and cannot be stored in the settings.',
      ],
      [
        file([entry({ settings: { tenant: 'x', endpoint: 'http://evil.example' } })]),
        /^Line 10: API address: .*https/,
      ],
      [file([entry({ settings: { endpoint: 'https://a:b@evil.example' } })]), /^Line 9: API address: /],
      [file([entry({ settings: { orgId: 'x' } })]), /^Line 9: Organization ID: /],
    ] as const;
    for (const [text, expected] of cases) {
      const message = refusal(text);
      if (typeof expected === 'string') assert.equal(message, expected);
      else assert.match(message, expected);
      assert.ok(!message.includes('canary'));
    }
  });

  it('is refused if the addresses of an account cannot be told', () => {
    const origins = (): never => {
      throw new HttpError('rejected', 'There is no such site.');
    };
    assert.throws(
      () => parseAccountFile(file([entry()]), [service({ origins })]),
      /^Error: Line 8: .*no such site/,
    );
  });

  it('may have settings of up to 10,000 characters', () => {
    const text = (length: number): string => file([entry({ settings: { tenant: 'x'.repeat(length) } })]);
    assert.equal(parseAccountFile(text(10_000), services)[0]?.settings.tenant?.length, 10_000);
    assert.equal(refusal(text(10_001)), 'Line 9: "tenant" must be a text of at most 10000 characters.');
  });

  it('is refused if a name occurs twice, since people may read the first and programs the last', () => {
    const account = (settings: string): string => `{"service": "cja", "name": "A", ${settings}}`;
    const text = (own: string): string => `{"connectionsExplorerAccounts": 1,\n"accounts": [\n${own}]}`;
    assert.equal(parseAccountFile(text(account('"settings": {}')), services).length, 1);
    for (const [own, message] of [
      [account('"settings": {},\n"settings": {"tenant": "x"}'), 'Line 4: "settings" occurs twice.'],
      [account('"settings": {"tenant": "x",\n"\\u0074enant": "y"}'), 'Line 4: "tenant" occurs twice.'],
      [
        account('"settings": {"clientSecret": "canary"},\n"settings": {}'),
        'Line 4: "settings" occurs twice.',
      ],
    ] as const)
      assert.equal(refusal(text(own)), message);
    assert.match(refusal('{"accounts": [],\n"accounts": []}'), /^Line 2: "accounts" occurs twice/);
  });

  it('is refused if it is very deep or very long', () => {
    const deep = '['.repeat(400_000);
    assert.match(refusal(deep), /not valid JSON/);
    assert.match(refusal(`${deep}${']'.repeat(400_000)}`), /not a file of exported accounts|not valid JSON/);
    const many = (count: number): string => file(Array.from({ length: count }, () => entry()));
    assert.equal(parseAccountFile(many(500), services).length, 500);
    assert.match(refusal(many(501)), /more than 500 accounts/);
  });

  it('is read or refused with a line, whatever it contains', () => {
    const anyFile = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((text) => `{"connectionsExplorerAccounts":1,"accounts":[${text}]}`),
    );
    fc.assert(
      fc.property(anyFile, (text) => {
        try {
          parseAccountFile(text, services);
        } catch (error) {
          assert.match(String(error), /^Error: Line \d+: .*No account was imported\.$/s);
        }
      }),
    );
  });
});

describe('The preview of an import', () => {
  const plan = (accounts: readonly FileAccount[], existing: readonly Account[]): readonly object[] =>
    planImport(accounts, existing, services).map(({ account: { name }, twin, newName, origins }) => ({
      ...{ name, twin, newName, origins },
    }));
  const origins = ['https://cja.adobe.io', 'http://localhost:1'];

  it('names each address, the existing accounts, and the names that are taken', () => {
    const other = account('B', {
      settings: { orgId: org, clientId: 'c2', imsEndpoint: 'http://localhost:1' },
    });
    assert.deepEqual(
      plan([account('A'), other, account('C')], [account('Old'), account('B', { service: 'immuta' })]),
      [
        { name: 'A', twin: 'Old', newName: undefined, origins },
        { name: 'B', twin: undefined, newName: 'B 2', origins },
        { name: 'C', twin: 'Old', newName: undefined, origins },
      ],
    );
  });

  it('treats two equal accounts in a file as one, however their address is written', () => {
    const written = account('Again', {
      settings: {
        ...account('A').settings,
        imsEndpoint: 'http://LOCALHOST:1/',
        endpoint: 'https://cja.adobe.io',
        tenant: '',
      },
    });
    assert.deepEqual(plan([account('A'), written], []), [
      { name: 'A', twin: undefined, newName: undefined, origins },
      { name: 'Again', twin: 'A', newName: undefined, origins },
    ]);
  });

  it('treats an account with another address as another one', () => {
    const elsewhere = account('A', {
      settings: { ...account('A').settings, imsEndpoint: 'http://localhost:2' },
    });
    assert.deepEqual(plan([elsewhere], [account('A')]), [
      { name: 'A', twin: undefined, newName: 'A 2', origins: ['https://cja.adobe.io', 'http://localhost:2'] },
    ]);
  });

  it('ignores sample data', () => {
    const sample = account('A', { sample: true });
    assert.deepEqual(plan([account('A')], [sample]), [
      { name: 'A', twin: undefined, newName: 'A 2', origins },
    ]);
  });
});
