import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSecretName } from '../../../../src/core/redaction/secretNames';

const secret = [
  ...[
    'password',
    'dbPassword',
    'db_password',
    'DB_PASSWORD',
    'dbpassword',
    'passWord',
    'userPwd',
    'smtpPass',
  ],
  ...['connectionString', 'conn_str', 'sasUrl', 'sas_uri', 'basicAuth', 'authHeader', 'auth_code'],
  ...['recoveryCode', 'backupCode', 'codeVerifier', 'seedPhrase'],
  ...['passwordHash', 'password2', 'passwords', 'passphrase', 'keyPassphrase', 'encryptedPassword'],
  ...[
    'secret',
    'clientSecret',
    'client_secret',
    'clientsecret',
    'CLIENT_SECRETS',
    'webhookSecret',
    'secretText',
  ],
  ...['apiKey', 'api-key', 'APIKey', 'APIkey', 'apikey', 'X-Api-Key', 'x_api_key', 'DD-API-KEY', 'appKey'],
  ...['dd-application-key', 'accessKey', 'secretAccessKey', 'AWSSecretAccessKey', 'accesskey', 'private_key'],
  ...[
    'privateKey',
    'privateKeyContent',
    'privatekey',
    'encryptionKey',
    'signing_key',
    'writeKey',
    'accountKey',
  ],
  ...[
    'token',
    'accessToken',
    'access_token',
    'refreshToken',
    'sasToken',
    'OAuthToken',
    'oauth2Token',
    'tokens',
  ],
  ...[
    'authToken',
    'authtoken',
    'botTokenValue',
    'idToken',
    'connectionString',
    'connection_string',
    'connStr',
  ],
  ...['credentials', 'credential', 'serviceAccountCredentials', 'Authorization', 'Set-Cookie', 'sasUrl'],
  ...[
    'client_assertion',
    'authCode',
    'code_verifier',
    'bearer',
    'jwt',
    'spring.datasource.password',
    'ｐassword',
  ],
];

const harmless = [
  ...['keyName', 'tokenType', 'token_type', 'primaryKey', 'partitionKey', 'foreign_key', 'publicKey', 'key'],
  ...['keys', 'keywords', 'keyword', 'connectionKey', 'lookupKeyField', 'passwordPolicy', 'passwordless'],
  ...['secretName', 'secretId', 'accessKeyId', 'apiKeyId', 'tokenUrl', 'token_endpoint', 'passwordExpiresAt'],
  ...[
    'nextPageToken',
    'pageToken',
    'continuationToken',
    'Sync-Token',
    'maxTokens',
    'tokenCount',
    'tokenizer',
  ],
  ...[
    'authenticationType',
    'authMethods',
    'secretary',
    'name',
    'description',
    'id',
    'owner',
    'bypass',
    'pass_rate',
  ],
  ...['expires_in', 'designKey', 'specKey', 'broken', '', '123', 'é'],
];

describe('names of secrets', () => {
  for (const name of secret) {
    it(`include ${name}`, () => {
      assert.equal(isSecretName(name), true);
    });
  }
  for (const name of harmless) {
    it(`do not include "${name}"`, () => {
      assert.equal(isSecretName(name), false);
    });
  }
});
