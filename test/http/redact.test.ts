import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { publicText, redact } from '../../src/http/redact';

// The mask is made of stars: a secret of stars cannot be told from it.
const secrets = fc
  .string({ minLength: 4, maxLength: 40, unit: 'binary-ascii' })
  .filter((text) => !text.includes('*'));

const encodings: readonly [string, (secret: string) => string][] = [
  ['plain', (secret) => secret],
  ['percent', encodeURIComponent],
  [
    'percent, lower case',
    (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  ],
  ['form', (secret) => new URLSearchParams({ '': secret }).toString().slice(1)],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ['JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
];

describe('redact', () => {
  for (const [name, encode] of encodings) {
    it(`masks given secrets: ${name}`, () => {
      fc.assert(
        fc.property(fc.string(), secrets, fc.string(), (before, secret, after) => {
          const form = encode(secret);
          assert.ok(!redact(`${before}${form}${after}`, [secret]).replaceAll('***', '\u0000').includes(form));
        }),
      );
    });
  }

  const canary = 'c4narySecretValue';
  const carriers: readonly string[] = [
    `Authorization: Bearer ${canary}`,
    `authorization: ${canary}`,
    `sent Bearer ${canary}, refused`,
    `Basic ${canary}==`,
    `x-api-key: ${canary}`,
    `"X-Api-Key":"${canary}"`,
    `DD-API-KEY: ${canary}`,
    `{"dd-application-key": "${canary}"}`,
    `Cookie: a=b; session=${canary}; c=d`,
    `set-cookie: ${canary}; Path=/`,
    `grant_type=x&client_secret=${canary}&scope=y`,
    `?access_token=${canary}`,
    `#id_token=${canary}`,
    `{"refresh_token":"${canary}"}`,
    `{"clientSecret" : "a\\"${canary}"}`,
    `{\\"client_secret\\":\\"${canary}\\"}`,
    `{"password":"two words ${canary}"}`,
    `{"password":"cut off ${canary}`,
    `{'apiKey': '${canary}'}`,
    `{"token":"${canary}"}`,
    `token=${canary}`,
    `password: ${canary}`,
    `applicationKey=${canary}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnki.${canary}`,
    `https://user:${canary}@example.com/`,
    `client_assertion=${canary}`,
  ];
  for (const carrier of carriers) {
    it(`masks by name or look: ${carrier}`, () => {
      const masked = redact(`before ${carrier}\nafter`, []);
      assert.ok(!masked.includes(canary), masked);
      assert.ok(masked.startsWith('before '));
    });
  }

  const harmless = [
    'The token is not valid. Oauth token: expired',
    'invalid client_secret parameter',
    'GET /data/connections?limit=100&expansion=name,owner&page=2',
    '{"expires_in":86399,"nextPageToken":"abc"}',
    'https://cja.adobe.io/data/connections/dg_1 (user@example.com)',
  ];
  for (const text of harmless) {
    it(`leaves ordinary text: ${text}`, () => {
      assert.equal(redact(text, ['', 'abc']), text);
    });
  }

  it('masks the whole of a secret that begins with another', () => {
    assert.equal(redact('abcd-efgh abcd', ['abcd', 'abcd-efgh']), '*** ***');
  });

  it('takes linear time on hostile text', () => {
    const begun = performance.now();
    for (const part of [
      '"password":"\\',
      'password="',
      '\\\\"',
      'eyJaaaaa.',
      'Bearer ',
      'a://',
      'token',
      '"',
      'cookie: ',
    ])
      redact(part.repeat(20_000), ['secret']);
    assert.ok(performance.now() - begun < 2000, String(performance.now() - begun));
  });
});

describe('publicText', () => {
  it('gives one short line without control characters, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 800 }), (text) => {
        const line = publicText(text, []);
        assert.ok(line.length <= 300);
        assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });

  it('shows nothing of a secret that lies across the cut', () => {
    fc.assert(
      fc.property(fc.nat(320), (offset) => {
        const line = publicText('x'.repeat(offset) + ' QWERTZUIOP'.repeat(3), ['QWERTZUIOP']);
        assert.doesNotMatch(line, /QW/);
      }),
    );
  });

  it('shows nothing of a secret that is cut off at the end of a long text', () => {
    const secret = 'QWERTZUIOP'.repeat(70);
    assert.doesNotMatch(publicText(`${secret} `.repeat(50), [secret]), /QW/);
  });
});
