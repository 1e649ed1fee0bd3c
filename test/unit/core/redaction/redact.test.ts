import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { publicText, redact, redactName } from '../../../../src/core/redaction/redact';
import { services } from '../../../../src/core/services/registry';

// The mask consists of asterisks, so a secret of asterisks cannot be distinguished from it. Keys consist of visible
// characters.
const secrets = fc
  .string({
    minLength: 4,
    maxLength: 40,
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  })
  .filter((text) => !text.includes('*'));

type Encoding = readonly [string, (secret: string) => string];

const lowerHex = (text: string): string => text.replace(/%../g, (code) => code.toLowerCase());
const each = (text: string, written: (code: number, character: string) => string): string =>
  Array.from(text, (character) => written(character.charCodeAt(0), character)).join('');
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
const named: Readonly<Record<string, string>> = {
  ...{ '"': 'quot', '&': 'amp', '<': 'lt', '>': 'gt', "'": 'apos', '/': 'sol', '=': 'equals', '+': 'plus' },
  ...{ '.': 'period', '-': 'hyphen', _: 'lowbar', ':': 'colon', '%': 'percnt', $: 'dollar', '\\': 'bsol' },
};

const plain: Encoding = ['plain', (secret) => secret];
const escapes: readonly Encoding[] = [
  ['percent', encodeURIComponent],
  ['percent, lower case', (secret) => lowerHex(encodeURIComponent(secret))],
  ['percent, every character', (secret) => each(secret, (code) => `%${hex(code, 2)}`)],
  ['form', (secret) => new URLSearchParams({ '': secret }).toString().slice(1)],
  ['JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  [
    'JSON with \\/',
    (secret) =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replaceAll('/', String.raw`\/`),
  ],
  ['JSON in ASCII', (secret) => each(secret, (code) => String.raw`\u${hex(code, 4)}`)],
  ['JavaScript', (secret) => each(secret, (code) => String.raw`\u{${hex(code, 5)}}`)],
  ['\\x', (secret) => each(secret, (code) => String.raw`\x${hex(code, 2)}`)],
  [
    'HTML, named',
    (secret) => each(secret, (_, character) => (named[character] ? `&${named[character]};` : character)),
  ],
  ['HTML, decimal', (secret) => each(secret, (code) => `&#${code};`)],
  ['HTML, hexadecimal', (secret) => each(secret, (code) => `&#X${hex(code, 2).toUpperCase()};`)],
];
const encodings: readonly Encoding[] = [
  plain,
  ['upper case', (secret) => secret.toUpperCase()],
  ['lower case', (secret) => secret.toLowerCase()],
  [
    'with invisible characters',
    (secret) => each(secret, (_, character) => `${character}\u200b\u{e0041}\x7f`),
  ],
  ['on several lines', (secret) => secret.replaceAll(/.{7}/g, '$&\r\n  ')],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ...escapes,
  ...escapes.flatMap(([outer, encode]) =>
    escapes.map(([inner, first]): Encoding => [`${inner}, in ${outer}`, (secret) => encode(first(secret))]),
  ),
];

/** Characters before and after a secret that do not start an escape. */
const around = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map((text) => text.replaceAll(/[%&\\]|[\w;]$|^[\w;]/g, ' '));

describe('redact', () => {
  for (const [name, encode] of encodings) {
    it(`masks given secrets: ${name}`, () => {
      fc.assert(
        fc.property(around, secrets, around, (before, secret, after) => {
          const form = encode(secret);
          const masked = redact(`${before}${form}${after}`, [secret]).replaceAll('***', '\u0000');
          assert.ok(!masked.includes(form), masked);
        }),
        { numRuns: name.includes(' in ') ? 15 : 100 },
      );
      for (const secret of ['c4nary-Value7', 'pa"ss/wo<rd>&7x', 'a+b=c.d_e%7f'])
        assert.equal(redact(`one ${encode(secret)} two`, [secret]).replace(/=+/, ''), 'one *** two');
    });
  }

  it('masks a secret in the other case of letters beyond ASCII, and in full-width characters', () => {
    for (const [secret, written] of [
      ['Größenänderung-7', 'GRÖßENÄNDERUNG-7'],
      ['ПАРОЛЬ', 'пароль'],
      ['Canary-7f3a', 'Ｃａｎａｒｙ－７ｆ３ａ'],
      ['ｃａｎａｒｙ', 'CANARY'],
    ] as const)
      assert.equal(redact(`is ${written}.`, [secret]), 'is ***.');
  });

  it('masks a secret beyond the BMP in the escapes of JSON, in which it takes two', () => {
    const secret = 'k\u{1f511}ey-\u{10ffff}7';
    const written = secret.replaceAll(/[\ud800-\udfff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
    assert.ok(written.includes('\\ud83d\\udd11'));
    assert.equal(redact(`"is ${written}."`, [secret]), '"is ***."');
    assert.equal(redact('k\\ud83dey', ['k\u{1f511}ey']), 'k\\ud83dey', 'half of a character');
  });

  it('masks a secret that follows the base64 of one', () => {
    const secret = 'c4nary-Value7';
    const word = Buffer.from(secret).toString('base64').replace(/=+$/, '');
    assert.equal(redact(`${word},${secret}`, [secret]), '***,***');
  });

  it('masks base64 of a secret after other text, with the whole word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20, unit: 'grapheme' }), secrets, (id, secret) => {
        fc.pre(secret.length >= 8);
        for (const encoding of ['base64', 'base64url'] as const) {
          const form = Buffer.from(`${id}:${secret}`).toString(encoding);
          assert.equal(redact(`sent ${form}, refused`, [secret]).replace(/=+/, ''), 'sent ***, refused');
        }
      }),
    );
  });

  it('masks secrets of any length, as a whole', () => {
    const unit = fc.constantFrom(
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
      'q',
      'x',
      'z',
      '0',
      '1',
      '7',
      '9',
      '.',
      '_',
      '-',
    );
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 70_000, unit, size: 'max' }), (secret) => {
        assert.equal(redact(`(${secret})`, [secret]), '(***)');
        assert.equal(redact(`(${encodeURIComponent(secret)})`, [secret]), '(***)');
      }),
      { numRuns: 20 },
    );
  });

  it('masks part of a long secret: its beginning, and its end', () => {
    const secret = Array.from({ length: 200 }, (_, index) => hex(index * 7919, 4)).join('');
    assert.equal(redact(`invalid key ${secret.slice(0, 20)}...`, [secret]), 'invalid key ***...');
    assert.ok(!redact(`key ...${secret.slice(300)}`, [secret]).includes(secret.slice(-60)));
  });

  it('masks all of several overlapping secrets', () => {
    assert.equal(redact('abcd-efgh abcd', ['abcd', 'abcd-efgh']), '*** ***');
    assert.equal(redact('(xabcdefghij)', ['xabcd', 'cdefghij']), '(***)');
  });

  it('masks a secret that was escaped three times, as JSON in JSON in JSON', () => {
    const secret = 'pä"ss/wö\\rd';
    const [, toAscii] = escapes.find(([name]) => name === 'JSON in ASCII') ?? plain;
    for (const escape of [toAscii, (text: string) => JSON.stringify(text).slice(1, -1)]) {
      let text = escape(secret);
      for (let depth = 1; depth <= 3; depth++) {
        assert.equal(redact(`a ${text} b`, [secret]), 'a *** b', String(depth));
        text = JSON.stringify(text).slice(1, -1);
      }
    }
  });

  it('masks a secret that starts like an escape', () => {
    assert.equal(redact('%253a', ['53a9']), '%253a');
    assert.equal(redact(String.raw`C:\news\/ecret`, ['news/ecret']), String.raw`C:\***`);
    assert.equal(redact('?q=%41bcd%2Fe', ['41bcd/e']), '?q=%***');
  });

  it('never throws, and is idempotent', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.array(fc.string({ unit: 'binary', maxLength: 300 })),
        (text, values) => {
          const masked = redact(text, values);
          assert.equal(redact(masked, []), masked);
          redactName(text, values);
        },
      ),
    );
    const token = '('.repeat(60_000);
    assert.equal(redact(`sent ${token}`, [token, '[', '\\', '', '(?<', '\ud800']), 'sent ***');
  });

  const canary = 'c4narySecretValue';
  const carriers: readonly string[] = [
    `Authorization: Bearer ${canary}`,
    `authorization: ${canary}`,
    `Authorization: Foo ${canary}`,
    `Authorization: Digest username="x", realm="y", response="${canary}"`,
    `Authorization: AWS4-HMAC-SHA256 Credential=x/y, SignedHeaders=host, Signature=${canary}`,
    `sent Bearer ${canary}, refused`,
    `Basic ${canary}==`,
    `x-api-key: ${canary}`,
    `"X-Api-Key":"${canary}"`,
    `DD-API-KEY: ${canary}`,
    `{"dd-application-key": "${canary}"}`,
    `Cookie: a=b; session=${canary}; c=d`,
    `set-cookie: s=${canary}; Path=/`,
    `grant_type=x&client_secret=${canary}&scope=y`,
    `?access_token=${canary}`,
    `?authCode=${canary}`,
    `?sv=2022&sig=a,b;${canary}&se=x`,
    `password=a,b;${canary}&user=x`,
    `password=a,b;${canary}`,
    `#id_token=${canary}`,
    `{"refresh_token":"${canary}"}`,
    `{"clientSecret" : "a\\"${canary}"}`,
    `{\\"client_secret\\":\\"${canary}\\"}`,
    `{\\\\\\"client_secret\\\\\\":\\\\\\"a\\\\\\\\\\\\\\"${canary}\\\\\\"}`,
    `{"password":"two words ${canary}"}`,
    `{"password":"cut off ${canary}`,
    `{"password":\n  "${canary}"}`,
    `{"privateKey":{"content":"${canary}"}}`,
    `{"passwords":["x","${canary}"]}`,
    `{"dbPassword":"${canary}"}`,
    `{"name":"password","value":"${canary}"}`,
    `<add key="apiKey" value="${canary}"/>`,
    `<password>${canary}</password>`,
    `<s:Password type="text">${canary}</s:Password>`,
    `{'apiKey': '${canary}'}`,
    `{"token":"${canary}"}`,
    `token=${canary}`,
    `token: ${canary}`,
    `password: ${canary}`,
    `password := "${canary}"`,
    `'password' => '${canary}'`,
    `config["secretAccessKey"] = "${canary}"`,
    `filter[apiKey]=${canary}`,
    `API key: ${canary}`,
    `the secret access key = ${canary}`,
    `applicationKey=${canary}`,
    `Server=x;Password=two words, ${canary};Database=y`,
    `Password=two words ${canary};Database=y`,
    `Driver={x};PWD={a;${canary}};`,
    `AccountKey=${canary}==;EndpointSuffix=x`,
    `eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnki.${canary}`,
    `https://user:${canary}@example.com/`,
    `https://user:p@ss:${canary}@example.com/`,
    `postgres://user:a/b${canary}@example.com/db`,
    `https:\\/\\/user:${canary}@example.com\\/`,
    `jdbc:oracle:thin:scott/${canary}@//host:1521/x`,
    `client_assertion=${canary}`,
    `-----BEGIN RSA PRIVATE KEY-----\n${canary}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\\n${canary}`,
    `redirect=https%3A%2F%2Fx%3Faccess_token%3D${canary}%26a%3Db`,
    `&quot;password&quot;:&quot;${canary}&quot;`,
    `&#34;apiKey&#34;&#58;&#34;${canary}&#34;`,
    `%7B%22client_secret%22%3A%22${canary}%22%7D`,
    `pass\u200bword: ${canary}`,
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
    "'Authorization: Bearer <YOUR_API_KEY>' is missing: see https://example.com/docs?a=b",
    'Set Authorization: Bearer ${TOKEN}, or api_key=YOUR_API_KEY, or "password": "***".',
    '{"password":"[REDACTED]","token":"<token>","secret":"{{ secret }}","apiKey":"$API_KEY"}',
    'Use -H "DD-API-KEY: ${DD_API_KEY}" -H "DD-APPLICATION-KEY: <DD_APPLICATION_KEY>"',
    'Authorization: Bearer YOUR_ACCESS_TOKEN',
    'Authorization: required',
    'Basic authentication is not enabled. Bearer authorization is.',
    'The header Authorization: Bearer is missing',
    'password: must not be empty',
    '{"errors":{"password":"is required","apiKey":"Invalid API key"}}',
    '{"hasPassword":true,"password":null,"tokenType":"bearer","keyName":"a","primaryKey":"id"}',
    '{"name":"region","value":"eu-west-1"}',
    '{"password":null,"name":"region","value":"eu-west-1"}',
    'token_endpoint_auth_method=client_secret_basic&token_type=Bearer',
    'https://example.com:8080/a@2x.png',
    'at Token::parse (https://example.com/a.js:1:2)',
    'Cookies: blocked by the browser',
    '2026-08-01T10:00:00Z a=b c:d',
  ];
  it('masks a cookie up to the quotation mark that closes its header', () => {
    const text = 'curl -H "Cookie: sid=c4nary; a=b" https://example.com/x';
    assert.equal(redact(text, []), 'curl -H "Cookie: ***" https://example.com/x');
  });

  for (const text of harmless) {
    it(`leaves ordinary text: ${text}`, () => {
      assert.equal(redact(text, ['', 'abc']), text);
    });
  }

  it('leaves placeholders that name a service', () => {
    for (const { id, title } of services)
      for (const name of [id, title.split(' ')[0] ?? '']) {
        const text = `API_KEY=YOUR_${name.toUpperCase()}_API_KEY`;
        assert.equal(redact(text, []), text);
      }
  });

  it('masks a single word, which may be a password, although placeholders begin with it', () => {
    for (const word of ['your', 'insert', 'TOKEN', 'secret'])
      assert.equal(redact(`password=${word}`, []), 'password=***', word);
  });

  it('masks user and password at the beginning of a text that begins within an address', () => {
    assert.equal(redact('://ann:hunter2@db.example/x', []), '://***@db.example/x');
  });

  it('masks the content of an XML element, and leaves its tags', () => {
    for (const tag of ['password', 'ns:password'])
      for (const attributes of ['', ' type="text"'])
        assert.equal(
          redact(`<a><${tag}${attributes}>${canary}</${tag}>b</a>`, []),
          `<a><${tag}${attributes}>***</${tag}>b</a>`,
        );
  });

  it('masks the credential of a header, and leaves the rest', () => {
    assert.equal(
      redact(`'Authorization: Bearer ${canary}' was refused: ask an administrator`, []),
      "'Authorization: Bearer ***' was refused: ask an administrator",
    );
    assert.equal(redact(`password=${canary},user=x; a=b`, []), 'password=***,user=x; a=b');
    assert.equal(redact(`{"password":"${canary}","name":"x"}`, []), '{"password":"***","name":"x"}');
  });
});

describe('redactName', () => {
  it('masks only known secrets', () => {
    assert.equal(redactName('Key aBc-123_x, password: hunter2', ['abc-123_x']), 'Key ***, password: hunter2');
    assert.equal(redactName('password: hunter2', []), 'password: hunter2');
  });
});

describe('publicText', () => {
  it('returns one short line without control characters, whatever the input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 800 }), (text) => {
        const line = publicText(text, []);
        assert.ok(line.length <= 300);
        assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });

  it('cuts off only what is longer than allowed', () => {
    assert.equal(publicText('a'.repeat(20), [], 20), 'a'.repeat(20));
    assert.equal(publicText('a'.repeat(21), [], 20), `${'a'.repeat(19)}…`);
  });

  it('shows no part of a secret across the cut', () => {
    fc.assert(
      fc.property(fc.nat(320), (offset) => {
        const line = publicText('x'.repeat(offset) + ' QWERTZUIOP'.repeat(3), ['QWERTZUIOP']);
        assert.doesNotMatch(line, /QW/);
      }),
    );
  });

  it('shows nothing of a secret of which four characters are left at the end', () => {
    const start = (left: number): string => `${'.'.repeat(20)} ${'QWERTZUIOP'.slice(0, left)}`;
    for (const left of [4, 5, 9])
      assert.doesNotMatch(redact(start(left), ['QWERTZUIOP'], { cut: true }), /QW/, String(left));
    assert.equal(redact(start(4), ['QWERTZUIOP']), start(4));
  });

  it('shows nothing of a secret that is cut off at the end of a long text', () => {
    const secret = 'QWERTZUIOP'.repeat(70);
    assert.doesNotMatch(publicText(`${secret} `.repeat(50), [secret]), /QW/);
    const short = 'QWERTZUI';
    for (let offset = 0; offset < 10; offset++) {
      assert.doesNotMatch(publicText(`${'.'.repeat(offset)}${short} `.repeat(5000), [short]), /QWER/);
    }
  });
});
