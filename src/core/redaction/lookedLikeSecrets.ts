import { isPlaceholder } from './placeholders';
import type { Range } from './ranges';

/**
 * Finds values that are secrets by their form: credentials after `Bearer` and `Basic`, JSON Web Tokens, user names and
 * passwords in URLs, private keys in PEM. Takes linear time.
 */
export function findLookedLikeSecrets(text: string): readonly Range[] {
  return [...schemes(text), ...webTokens(text), ...userInfos(text), ...privateKeys(text)];
}

function* schemes(text: string): Generator<Range> {
  for (const match of text.matchAll(/\b(?:Bearer|Basic)[ \t]{1,8}([\w.~+/=-]{4,})/gi)) {
    const [all, value = ''] = match;
    const end = match.index + all.length;
    if (isCredential(value)) yield [end - value.length, end];
  }
}

/** Ordinary words after `Basic` and `Bearer` have neither digits nor inner capitals: "Basic authentication". */
function isCredential(text: string): boolean {
  const looks = /\d|\p{Ll}\p{Lu}|\p{Lu}{2}|[+/=~]/u.test(text) || text.length >= 24;
  return looks && !isPlaceholder(text);
}

function* webTokens(text: string): Generator<Range> {
  const run = /[\w.-]*/y;
  for (let at = text.indexOf('eyJ'); at >= 0; at = text.indexOf('eyJ', Math.max(at + 1, run.lastIndex))) {
    run.lastIndex = at;
    run.test(text);
    const token = text.slice(at, run.lastIndex);
    if (/^[\w-]{8,}\./.test(token) && !/\w/.test(text.charAt(at - 1))) yield [at, run.lastIndex];
  }
}

/**
 * The part before `@`. A password may contain `@`, and, although invalid, `/`; what looks like host and port is not
 * one.
 */
function* userInfos(text: string): Generator<Range> {
  const address = /[^\s"'<>`]*/y;
  for (let at = text.indexOf('://'), end = 0; at >= 0;) {
    const from = at + 3;
    if (from > end) {
      address.lastIndex = from;
      address.test(text);
      end = address.lastIndex;
    }
    at = text.indexOf('://', from);
    const rest = text.slice(from, at >= 0 ? Math.min(at, end) : end);
    const place = rest.slice(0, findFirst(rest, /[?#]/));
    const authority = place.slice(0, findFirst(place, /\//));
    const odd = /:(?!\d{0,5}$)/.test(authority) && !authority.includes('@');
    const sign = (odd ? place : authority).lastIndexOf('@');
    if (sign > 0) yield [from, from + sign];
  }
  for (const { index, 0: all } of text.matchAll(/\bthin:[^\s/@]{1,100}\/[^\s@]{1,100}(?=@)/gi)) {
    yield [index + 'thin:'.length, index + all.length];
  }
}

function findFirst(text: string, pattern: RegExp): number {
  const at = text.search(pattern);
  return at < 0 ? text.length : at;
}

function* privateKeys(text: string): Generator<Range> {
  const head = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
  while (head.test(text)) {
    const from = head.lastIndex;
    const end = text.indexOf('-----END', from);
    yield [from, end < 0 ? text.length : end];
    if (end < 0) return;
    head.lastIndex = end;
  }
}
