import { splitWords } from './characters';

/** Longer texts are neither placeholders nor hints. */
const MAX_CHARS = 100;

/** Words that name a secret or its owner, or ask to fill one in. */
const PLACEHOLDER_WORDS: ReadonlySet<string> = new Set([
  ...['your', 'my', 'the', 'a', 'an', 'insert', 'enter', 'put', 'paste', 'replace', 'with', 'here', 'me'],
  ...['api', 'app', 'application', 'client', 'access', 'refresh', 'auth', 'oauth', 'bearer', 'service'],
  ...['account', 'user', 'key', 'keys', 'token', 'tokens', 'secret', 'password', 'passphrase', 'pass'],
  ...['credential', 'credentials', 'value', 'string', 'text', 'id', 'name', 'jwt', 'code', 'placeholder'],
  ...['redacted', 'hidden', 'masked', 'removed', 'filtered', 'omitted', 'sensitive', 'actual', 'real'],
  ...[
    'own',
    'personal',
    'private',
    'public',
    'session',
    'org',
    'from',
    'of',
    'base',
    'encoded',
    'new',
    'old',
  ],
  ...['datadog', 'dd', 'adobe', 'cja', 'immuta', 'krenalis', 'ims', 'x', 'xxx', 'todo', 'fixme'],
]);

/** First words of a text that asks for a value. */
const ASKING_WORDS: ReadonlySet<string> = new Set(['your', 'insert', 'enter', 'put', 'paste', 'replace']);

/** Words of a sentence about a secret. At least one of the first group is required. */
const HINT_WORDS: ReadonlySet<string> = new Set([
  ...['required', 'missing', 'invalid', 'expired', 'incorrect', 'wrong', 'denied', 'rejected', 'revoked'],
  ...['unauthorized', 'forbidden', 'unknown', 'unsupported', 'malformed', 'empty', 'blank', 'absent'],
  ...['disabled', 'inactive', 'failed', 'failure', 'must', 'not', 'no', 'none', 'null', 'nil', 'undefined'],
  ...['cannot', 'should', 'may', 'is', 'was', 'are', 'were', 'has', 'have', 'please', 'check', 'provide'],
  ...['mandatory', 'optional', 'expected', 'valid', 'accepted', 'allowed', 'refused', 'true', 'false'],
  ...['too', 'unauthenticated', 'mismatch', 'error'],
]);
const SENTENCE_WORDS: ReadonlySet<string> = new Set([
  ...['be', 'been', 'for', 'in', 'on', 'at', 'by', 'to', 'and', 'or', 'but', 'as', 'it', 'its', 'this'],
  ...['that', 'see', 'use', 'set', 'given', 'found', 'needed', 'available', 'supplied', 'provided', 'sent'],
  ...[
    'short',
    'long',
    'old',
    'wrong',
    'again',
    'field',
    'parameter',
    'header',
    'request',
    'least',
    'characters',
  ],
]);

/** Delimiters around a value to fill in, or around the name of a variable. */
const FRAMED = /^(?:<([^<>]*)>|\$?\{\{?([^{}]*)\}?\}|\[([^[\]]*)\]|\(([^()]*)\))$/;
const VARIABLE =
  /^(?:\$[A-Z_]+|\$\([A-Z_]+\)|\$env:[A-Z_]+|%[A-Z_]+%|\$\{[A-Za-z_][\w.:-]*\}|\{\{\s?[A-Za-z_][\w.:-]*\s?\}\})$/;
const STARS = /^(?:[*•·●…]+|x{3,}|X{3,}|_{3,}|-{3,}|\.{3,}|\?{3,})$/;
const SCHEME = /^(?:Bearer|Basic|Token|ApiKey|Digest|OAuth)\s+/i;

/**
 * True for a placeholder of a secret: `<YOUR_API_KEY>`, `${TOKEN}`, `$TOKEN`, `{{token}}`, `YOUR_API_KEY`,
 * `[REDACTED]`, `***`, also after `Bearer`. The words have to be those of placeholders: a password in angle brackets is
 * not one.
 */
export function isPlaceholder(text: string): boolean {
  const value = text.length > MAX_CHARS ? '' : text.trim().replace(SCHEME, '');
  if (STARS.test(value) || VARIABLE.test(value)) return true;
  const framed = FRAMED.exec(value)?.slice(1).find(Boolean);
  if (framed !== undefined) return STARS.test(framed.trim()) || areNames(framed);
  if (/^\$[a-z]/.test(value)) return areNames(value);
  const words = splitWords(value);
  const isAsked = ASKING_WORDS.has(words[0] ?? '') || /^[A-Z]+(?:_[A-Z]+)+$/.test(value);
  return words.length > 1 && isAsked && areNames(value);
}

/** True for a sentence, or a word of one, about a secret that does not contain one: `is required`, `expired`. */
export function isHint(text: string): boolean {
  const value = text.trim();
  if (
    value.length > MAX_CHARS ||
    /\d{3}/.test(value) ||
    (!value.includes(' ') && !/^[a-z]+\W?$/i.test(value))
  ) {
    return false;
  }
  const words = splitWords(value);
  return words.some((word) => HINT_WORDS.has(word)) && words.every(isKnown);
}

function isKnown(word: string): boolean {
  return HINT_WORDS.has(word) || SENTENCE_WORDS.has(word) || PLACEHOLDER_WORDS.has(word);
}

function areNames(text: string): boolean {
  const words = splitWords(text);
  return words.length > 0 && !/\d/.test(text) && words.every((word) => PLACEHOLDER_WORDS.has(word));
}
