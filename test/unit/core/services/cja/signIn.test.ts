import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../../src/core/http/errors';
import { connect } from '../../../../../src/core/services/cja/session';
import { createSignIn } from '../../../../../src/core/services/cja/signIn/signIn';
import { cleanToken } from '../../../../../src/core/services/common/signInFields';
import { importCredentials } from '../../../../../src/core/services/cja/signIn/importCredentials';
import { accountOfService, connectTo } from '../../../../support/service';

const org = '0123456789ABCDEF01234567@AdobeOrg';
const expected = { orgId: org, clientId: 'c1', clientSecret: 's1', scopes: 'openid,AdobeID' };

function validate(key: string, text: string): string | undefined {
  const { methods, options } = createSignIn();
  const fields = [...methods.flatMap(({ fields }) => fields), ...options];
  const field = fields.find((one) => one.key === key) ?? assert.fail(key);
  return field.validate(text);
}

describe('CJA sign-in fields', () => {
  it('requires the organization ID as Adobe writes it', () => {
    assert.equal(validate('orgId', org), undefined);
    for (const wrong of ['', 'ABC', 'ABC@adobeorg', 'A B@AdobeOrg', '@AdobeOrg', 'A@B@AdobeOrg']) {
      assert.match(validate('orgId', wrong) ?? '', /@AdobeOrg/, wrong);
    }
  });

  it('requires values that fit into a header', () => {
    for (const key of ['clientId', 'clientSecret', 'accessToken']) {
      assert.equal(validate(key, 'abc-123'), undefined);
      assert.ok(validate(key, ''));
      assert.ok(validate(key, 'ä'));
    }
    assert.ok(validate('clientId', 'a\r\nx: y'));
  });

  it('requires addresses with https or of this computer, and only an origin', () => {
    for (const right of [
      'https://cja.adobe.io',
      'https://cja.adobe.io/',
      'http://127.0.0.1:8080',
      'http://localhost',
    ]) {
      assert.equal(validate('endpoint', right), undefined, right);
    }
    for (const wrong of [
      'cja.adobe.io',
      'http://cja.adobe.io',
      'https://u:p@cja.adobe.io',
      'https://a.b/c',
      'file:///x',
    ]) {
      assert.ok(validate('imsEndpoint', wrong), wrong);
    }
  });

  it('knows the states by which backfills are filtered', () => {
    assert.equal(validate('backfillStatus', 'failed, inProgress'), undefined);
    assert.match(validate('backfillStatus', 'FAILED') ?? '', /inProgress, completed, failed/);
  });

  it('cleans a pasted token', () => {
    assert.equal(cleanToken('  Bearer abc\n def \n'), 'abcdef');
    assert.equal(validate('accessToken', 'bearer  abc.def\n'), undefined);
  });
});

describe('CJA settings', () => {
  it('refuses an account with an unusable setting, and names it', () => {
    const wrong = { orgId: 'nonsense', clientId: 'c' };
    assert.throws(
      () => connectTo('cja', { settings: wrong, secrets: { clientSecret: 's' } }),
      (error) =>
        error instanceof HttpError &&
        error.kind === 'rejected' &&
        error.message.startsWith('Organization ID'),
    );
    assert.throws(
      () => connectTo('cja', { settings: { orgId: org }, secrets: { clientSecret: 's' } }),
      /Client ID/,
    );
    assert.throws(
      () =>
        connectTo('cja', {
          settings: { orgId: org, clientId: 'c', endpoint: 'http://x.example' },
          secrets: { clientSecret: 's' },
        }),
      /https/,
    );
  });

  it('refuses an account without secrets', () => {
    for (const secrets of [{}, { clientSecret: ' ' }, { accessToken: 'Bearer ' }] as Record<
      string,
      string
    >[]) {
      assert.throws(() => connectTo('cja', { settings: { orgId: org, clientId: 'c' }, secrets }), /missing/);
    }
  });

  it('passes the two origins, the limit and the secrets to the client', () => {
    let given: unknown;
    connect(
      accountOfService('cja', { orgId: org, clientId: 'c' }),
      { clientSecret: 'hush' },
      ({ origins, rateLimit, secrets }) => {
        given = { origins, rateLimit, secrets: secrets };
        return { send: () => assert.fail('no request'), dispose: () => undefined };
      },
    );
    const { secrets, ...rest } = given as { secrets: () => string[] };
    assert.deepEqual(rest, {
      origins: ['https://cja.adobe.io', 'https://ims-na1.adobelogin.com'],
      rateLimit: { requests: 12, interval: 6000 },
    });
    assert.deepEqual(secrets(), ['hush']);
  });
});

describe('import of credentials', () => {
  const files: Readonly<Record<string, unknown>> = {
    'Developer Console, credential': {
      CLIENT_SECRETS: ['s1', 's2'],
      ORG_ID: org,
      CLIENT_ID: 'c1',
      TECHNICAL_ACCOUNT_ID: 't',
      TECHNICAL_ACCOUNT_EMAIL: 't@techacct.adobe.com',
      SCOPES: ['openid', 'AdobeID'],
    },
    'Python client': { org_id: org, client_id: 'c1', secret: 's1', scopes: 'openid,AdobeID' },
    'Python client, with blanks': {
      ...{ org_id: ` ${org}\n`, client_id: 'c1 ', secret: '\ts1', scopes: ' openid,AdobeID ' },
    },
    'Python client, older': {
      org_id: org,
      api_key: 'c1',
      tech_id: 't',
      secret: 's1',
      scopes: 'openid,AdobeID',
    },
    'Python client, loud': { ORG_ID: org, API_KEY: 'c1', CLIENT_SECRET: 's1', SCOPES: 'openid,AdobeID' },
    'Developer Console, project': {
      project: {
        name: 'p',
        org: { id: '1', name: 'o', ims_org_id: org },
        workspace: {
          details: {
            credentials: [
              { integration_type: 'apikey', api_key: { client_id: 'other' } },
              {
                integration_type: 'oauth_server_to_server',
                oauth_server_to_server: {
                  client_id: 'c1',
                  client_secrets: ['s1'],
                  technical_account_id: 't',
                  scopes: ['openid', 'AdobeID'],
                },
              },
            ],
          },
        },
      },
    },
  };
  for (const [name, file] of Object.entries(files)) {
    it(`reads ${name}`, () => {
      assert.deepEqual(importCredentials(`\uFEFF${JSON.stringify(file)}`), expected);
    });
  }

  it('reads the .env file of a Python client', () => {
    const file = [
      '# OAuth Server-to-Server',
      `export ORG_ID=${org}`,
      'CLIENT_ID="c1"',
      "SECRET='s1' # Retrieve client secret",
      "SCOPES='openid,AdobeID'",
      'LOG_LEVEL=INFO',
    ];
    for (const end of ['\n', '\r\n'])
      assert.deepEqual(importCredentials(`\uFEFF${file.join(end)}`), expected);
    assert.throws(() => importCredentials(`ORG_ID=${org}\nCLIENT_ID=c\nPRIVATE_KEY=x`), /JWT/);
  });

  const jwt: Readonly<Record<string, unknown>> = {
    'a private key': { ORG_ID: org, CLIENT_ID: 'c', CLIENT_SECRET: 's', PRIVATE_KEY: '-----BEGIN' },
    metascopes: { ORG_ID: org, API_KEY: 'c', CLIENT_SECRET: 's', METASCOPES: 'ent_cja_sdk' },
    'a technical account without scopes': {
      ORG_ID: org,
      CLIENT_ID: 'c',
      CLIENT_SECRET: 's',
      TECHNICAL_ACCOUNT_ID: 't',
    },
    'a project of it': {
      project: {
        org: { ims_org_id: org },
        workspace: { details: { credentials: [{ jwt: { client_id: 'c' } }] } },
      },
    },
  };
  for (const [name, file] of Object.entries(jwt)) {
    it(`reports that JWT is no longer supported, by ${name}`, () => {
      assert.throws(() => importCredentials(JSON.stringify(file)), /JWT.*OAuth Server-to-Server/);
    });
  }

  it('reports what is wrong with other files', () => {
    for (const text of ['-----BEGIN PRIVATE KEY', 'null', ''])
      assert.throws(() => importCredentials(text), /neither JSON nor a \.env file/);
    for (const text of ['{', '{"CLIENT_ID": c1}', '[1'])
      assert.throws(() => importCredentials(text), /not JSON/);
    for (const text of ['[]', ' [{}]\n', '"x"'])
      assert.throws(() => importCredentials(text), /not a credential/);
    for (const text of ['{}', 'NAME=x', '{"project":{"workspace":null}}', '{"CLIENT_ID":{"a":1}}']) {
      assert.throws(() => importCredentials(text), /neither a client ID/);
    }
  });
});
