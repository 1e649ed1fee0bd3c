import { splitWords } from './characters';

/** Names are judged by so many characters at their end: longer ones are none that a person gave. */
const MAX_NAME_CHARS = 200;

/** Words that make a name one of a secret, in the singular. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'pswd', 'psw', 'passwort', 'kennwort'],
  ...['secret', 'token', 'credential', 'cred', 'jwt', 'bearer', 'authorization', 'assertion', 'cookie'],
  ...['otp', 'totp', 'signature', 'sig'],
]);

/** What makes a key one that opens something. Other keys name: primary, partition, foreign, cache, public. */
const KEYS_THAT_OPEN: ReadonlySet<string> = new Set([
  ...['api', 'app', 'application', 'access', 'account', 'private', 'secret', 'encryption', 'decryption'],
  ...['signing', 'signature', 'master', 'root', 'admin', 'shared', 'storage', 'session', 'auth'],
  ...['authentication', 'authorization', 'license', 'licence', 'activation', 'subscription', 'service'],
  ...['write', 'ssh', 'pgp', 'gpg', 'hmac', 'ssl', 'tls', 'client', 'deploy', 'consumer', 'webhook'],
  ...['integration', 'security', 'cipher', 'crypto', 'aes', 'rsa', 'symmetric', 'personal'],
  ...['developer', 'registration', 'ingestion', 'recovery', 'unseal', 'wrapping', 'function'],
]);

/** Other names of two words, the second by the first. */
const SECRET_PAIRS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    connection: ['string', 'str'],
    conn: ['string', 'str'],
    sas: ['url', 'uri'],
    basic: ['auth'],
    auth: ['header', 'code'],
    recovery: ['code'],
    backup: ['code'],
    code: ['verifier'],
    seed: ['phrase'],
  }),
);

/** Tokens that lead through a list or are counted, by the word before. */
const HARMLESS_TOKENS: ReadonlySet<string> = new Set([
  ...['page', 'next', 'prev', 'previous', 'continuation', 'cursor', 'pagination', 'sync', 'resume', 'scroll'],
  ...['max', 'min', 'num', 'total', 'count', 'input', 'output', 'prompt', 'completion', 'design'],
]);

/** A name that ends in one of these tells something of a secret, and is none. */
const HARMLESS_ENDS: ReadonlySet<string> = new Set([
  ...['id', 'ids', 'uid', 'uuid', 'guid', 'name', 'names', 'type', 'types', 'kind', 'policy', 'policies'],
  ...['rule', 'rules', 'length', 'size', 'count', 'counts', 'limit', 'limits', 'number', 'expiry', 'expires'],
  ...['expiration', 'expire', 'exp', 'in', 'at', 'on', 'date', 'time', 'timestamp', 'url', 'urls', 'uri'],
  ...['uris', 'endpoint', 'endpoints', 'host', 'domain', 'path', 'status', 'state', 'algorithm', 'alg'],
  ...['version', 'versions', 'format', 'field', 'fields', 'column', 'columns', 'label', 'title'],
  ...['description', 'manager', 'provider', 'providers', 'store', 'vault', 'ref', 'reference', 'arn'],
  ...['scope', 'scopes', 'issuer', 'audience', 'lifetime', 'ttl', 'age', 'duration', 'period', 'interval'],
  ...['rotation', 'strength', 'complexity', 'requirements', 'usage', 'use', 'uses', 'method', 'methods'],
  ...['mode', 'created', 'updated', 'modified', 'changed', 'by', 'history', 'source', 'fingerprint'],
  ...['thumbprint', 'placeholder', 'order', 'index', 'level', 'owner', 'user', 'username', 'language'],
]);

/** Several words in which nothing shows where each begins: `dbpassword`, `accesskey`. */
const SECRET_COMPOUND = new RegExp(
  `passw(?:or)?d(?!les)|passphrase|(?:passcode|secret|credential|(?:${[...KEYS_THAT_OPEN].join('|')})key` +
    `|conn(?:ection)?str(?:ing)?|(?<!${[...HARMLESS_TOKENS].join('|')})token)s?$`,
);

/** One word that was written as two: `passWord`, `APIkey`. */
const SPLIT_WORD = /(?:password|passphrase|apikey)s?$/;

/**
 * True for a name that says that its value is a secret, judged by its words, however these are joined: `dbPassword`,
 * `client_secret`, `X-Api-Key`, `APIKey`, `secretaccesskey`.
 *
 * The rule: one of its words is a secret's (password, secret, token, credential and so on), or two of them are (api key,
 * private key, connection string), wherever they stand, so that `passwordHash` and `privateKeyContent` are secret too.
 * Not so where the last word says that it only tells of one: `tokenType`, `secretName`, `passwordPolicy`, `keyId`. A key
 * alone names something (`primaryKey`, `keyName`), and tokens that lead through pages are none of a person's.
 *
 * What the name cannot tell, the value does: `true`, `false` and `null` are never secret (`hasPassword`), texts,
 * numbers, and all within lists and objects are.
 */
export function isSecretName(name: string): boolean {
  const words = splitWords(name.slice(-MAX_NAME_CHARS));
  const [before = '', last = ''] = words.length > 1 ? words.slice(-2) : ['', ...words];
  if (SECRET_PAIRS.get(before)?.includes(last)) return true;
  if (last === '' || HARMLESS_ENDS.has(last)) return false;
  return words.some((_, index) => isSecretAt(words, index)) || SPLIT_WORD.test(words.join(''));
}

/** True where the last word, or the last two, name a secret: for words in a sentence, where others stand before. */
export function endsInSecretName(words: string): boolean {
  const all = splitWords(words);
  return isSecretAt(all, all.length - 1);
}

function isSecretAt(words: readonly string[], index: number): boolean {
  const word = singular(words[index] ?? '');
  const before = words[index - 1] ?? '';
  if (word === 'token' && HARMLESS_TOKENS.has(before)) return false;
  if (SECRET_WORDS.has(word)) return true;
  if (word === 'key') return KEYS_THAT_OPEN.has(before);
  if (word === 'pass') return index === words.length - 1;
  return (SECRET_PAIRS.get(before)?.includes(word) ?? false) || SECRET_COMPOUND.test(word);
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && word !== 'pass' ? word.slice(0, -1) : word;
}
