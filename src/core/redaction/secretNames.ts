import { splitWords } from './characters';

/** Only this many characters at the end of a name are checked, because real names are shorter. */
const MAX_NAME_CHARS = 200;

/** Words that make a name that of a secret, in the singular. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'pswd', 'psw', 'passwort', 'kennwort'],
  ...['secret', 'token', 'credential', 'cred', 'jwt', 'bearer', 'authorization', 'assertion', 'cookie'],
  ...['otp', 'totp', 'signature', 'sig'],
]);

/** First words that make a key secret. Other keys are identifiers: primary, partition, foreign, cache, public. */
const KEYS_THAT_OPEN: ReadonlySet<string> = new Set([
  ...['api', 'app', 'application', 'access', 'account', 'private', 'secret', 'encryption', 'decryption'],
  ...['signing', 'signature', 'master', 'root', 'admin', 'shared', 'storage', 'session', 'auth'],
  ...['authentication', 'authorization', 'license', 'licence', 'activation', 'subscription', 'service'],
  ...['write', 'ssh', 'pgp', 'gpg', 'hmac', 'ssl', 'tls', 'client', 'deploy', 'consumer', 'webhook'],
  ...['integration', 'security', 'cipher', 'crypto', 'aes', 'rsa', 'symmetric', 'personal'],
  ...['developer', 'registration', 'ingestion', 'recovery', 'unseal', 'wrapping', 'function'],
]);

/** Other secret names of two words: the first words, by the second. */
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

/** First words of tokens that are not secret, such as those of paging, or counts. */
const HARMLESS_TOKENS: ReadonlySet<string> = new Set([
  ...['page', 'next', 'prev', 'previous', 'continuation', 'cursor', 'pagination', 'sync', 'resume', 'scroll'],
  ...['max', 'min', 'num', 'total', 'count', 'input', 'output', 'prompt', 'completion', 'design'],
]);

/** Last words of names that describe a secret, but are not one. */
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

/** Compounds without visible word boundaries: `dbpassword`, `accesskey`. */
const SECRET_COMPOUND = new RegExp(
  `passw(?:or)?d(?!les)|passphrase|(?:passcode|secret|credential|(?:${[...KEYS_THAT_OPEN].join('|')})key` +
    `|conn(?:ection)?str(?:ing)?|(?<!${[...HARMLESS_TOKENS].join('|')})token)s?$`,
);

/** One word that was written as two: `passWord`, `APIkey`. */
const SPLIT_WORD = /(?:password|passphrase|apikey)s?$/;

/**
 * True for a name whose value is a secret, judged by its words, however these are joined: `dbPassword`,
 * `client_secret`, `X-Api-Key`, `APIKey`, `secretaccesskey`.
 *
 * The rule: one of its words is that of a secret (password, secret, token, credential and so on), or two of them are
 * (api key, private key, connection string), at any position, so that `passwordHash` and `privateKeyContent` are secret
 * too. Not if the last word makes it a description: `tokenType`, `secretName`, `passwordPolicy`, `keyId`. A key by
 * itself is an identifier (`primaryKey`, `keyName`), and paging tokens are not secret.
 *
 * The value decides the rest: `true`, `false` and `null` are never secret (`hasPassword`), texts, numbers, and
 * everything inside lists and objects are.
 */
export function isSecretName(name: string): boolean {
  const words = splitWords(name.slice(-MAX_NAME_CHARS));
  const [before = '', last = ''] = words.length > 1 ? words.slice(-2) : ['', ...words];
  if (SECRET_PAIRS.get(before)?.includes(last)) return true;
  if (last === '' || HARMLESS_ENDS.has(last)) return false;
  return words.some((_, index) => isSecretAt(words, index)) || SPLIT_WORD.test(words.join(''));
}

/** True if the last word, or the last two, name a secret: for words in a sentence, which may be preceded by others. */
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
