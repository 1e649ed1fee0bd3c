import type { JSONScanner } from 'jsonc-parser';
import { redact, type SecretValues } from '../../core/redaction/redact';
import { isSecretName } from '../../core/redaction/secretNames';
import {
  maskIn,
  REDACTED,
  fillPlaceholders,
  placeholderNames,
  secretPlaceholder,
} from '../../core/services/common/documentSecrets';

/** A secret in a document, to be replaced by a placeholder. */
export interface TypedSecret {
  /** Start of the range to replace, as an offset. */
  readonly start: number;
  readonly end: number;
  /** The name of the placeholder. */
  readonly name: string;
  /** The typed value. */
  readonly value: string;
  /** True if it follows its placeholder, because the user continued typing. */
  readonly isMore: boolean;
}

/** How to find secrets in a document. */
export interface SecretSearch {
  /** Creates a scanner of jsonc-parser that ignores trivia. */
  readonly scan: (text: string) => JSONScanner;
  /** Known secrets, which are found under any member name. */
  readonly known?: SecretValues;
}

/** The most recently inserted range of a text. */
export interface Insertion {
  readonly start: number;
  readonly text: string;
}

/** An object or list that is being read. */
interface Frame {
  readonly isObject: boolean;
  /** The name of the nearest enclosing member whose value is secret, if that applies to everything in it. */
  readonly secretBy: string | undefined;
  key: string | undefined;
  isValueNext: boolean;
}

interface Token {
  /** A `SyntaxKind`. */
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  /** Of a string: its text, without quotation marks and escapes. */
  readonly value: string;
}

/**
 * The relevant kinds of tokens, as numbered by `SyntaxKind`. It is a `const enum`, which does not exist at
 * run time.
 */
const OPEN_BRACE = 1;
const CLOSE_BRACE = 2;
const OPEN_BRACKET = 3;
const CLOSE_BRACKET = 4;
const COMMA = 5;
const COLON = 6;
const STRING = 10;
const NUMBER = 11;
const UNKNOWN = 16;
const END_OF_FILE = 17;

/** Members beside a secret that are not secret themselves: `credential.clientId`, `privateKey.filename`. */
const HARMLESS_BESIDE_SECRETS =
  /(?:id|name|type|kind|url|uri|scopes?|thumbprint|fingerprint|algorithm|format|method|host|role|user)$/i;

/** A placeholder directly before a secret: the user continued typing after it. */
const PLACEHOLDER_BEFORE = /"\$\{secret:([^{}"\\\s]{1,100})\}"$/;
const MAX_PLACEHOLDER_CHARS = 120;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/**
 * Finds the secrets in a document of an action: members whose names say that their values are secret, and
 * other values that look like secrets. The document may be incomplete JSON, because it is scanned while the
 * user types.
 * @param inserted text with line breaks ends a JSON string; if it was pasted into a secret, all of it is
 * secret.
 * @returns secrets in document order; none overlap.
 */
export function findTypedSecrets(
  text: string,
  { scan, known = [] }: SecretSearch,
  inserted?: Insertion,
): readonly TypedSecret[] {
  const names = new Set(placeholderNames(text));
  const found: TypedSecret[] = [];
  for (const { token, name } of secretTokens(scanTokens(text, scan), known)) {
    if (token.start < (found.at(-1)?.end ?? 0)) continue;
    const typed =
      token.kind === STRING ? fillPlaceholders(token.value, () => '') : text.slice(token.start, token.end);
    if (typed.trim() === '' || isPartOfPlaceholder(typed, name)) continue;
    // Masks that services and this extension show instead of a secret.
    if (maskIn(typed, name) !== undefined) continue;
    const before = PLACEHOLDER_BEFORE.exec(
      text.slice(Math.max(0, token.start - MAX_PLACEHOLDER_CHARS), token.start),
    );
    const [placeholder = before?.[1]] = token.kind === STRING ? placeholderNames(token.value) : [];
    const part = whole(text, token, typed, inserted);
    found.push({
      ...part,
      start: part.start - (before?.[0].length ?? 0),
      name: placeholder ?? unusedName(name, names),
      isMore: placeholder !== undefined,
    });
  }
  return found;
}

/** Replaces the secrets of a document by placeholders. */
export function withoutTypedSecrets(text: string, search: SecretSearch): string {
  return replaceSecrets(text, search, ({ name }) => secretPlaceholder(name));
}

/** A service's document with secrets hidden as Immuta hides them: hidden values are not sent back. */
export function hideSecrets(text: string, search: SecretSearch): string {
  return replaceSecrets(text, search, () => REDACTED);
}

function replaceSecrets(text: string, search: SecretSearch, by: (secret: TypedSecret) => string): string {
  return findTypedSecrets(text, search).reduceRight(
    (result, secret) => `${result.slice(0, secret.start)}"${by(secret)}"${result.slice(secret.end)}`,
    text,
  );
}

/** The full range of a secret, which may extend beyond its token if it was inserted with line breaks. */
function whole(
  text: string,
  { start, end }: Token,
  value: string,
  inserted: Insertion | undefined,
): Omit<TypedSecret, 'name' | 'isMore'> {
  const insertedEnd = inserted ? inserted.start + inserted.text.length : 0;
  const isWithin = inserted && inserted.start >= start && inserted.start <= end && insertedEnd > end;
  if (!isWithin) return { start, end, value };
  const isQuoted = text.charAt(start) === '"' && text.charAt(insertedEnd) === '"';
  return { start, end: insertedEnd + (isQuoted ? 1 : 0), value: inserted.text };
}

/** True while a placeholder is being typed or deleted. */
function isPartOfPlaceholder(typed: string, name: string): boolean {
  return /^\$|[:}]/.test(typed) && secretPlaceholder(name).includes(typed);
}

function unusedName(name: string, used: Set<string>): string {
  let free = name;
  for (let number = 2; used.has(free); number++) free = `${name}${number}`;
  used.add(free);
  return free;
}

/** The tokens of a text; a run of invalid JSON is one token up to the end of its line or value. */
function* scanTokens(text: string, scan: (text: string) => JSONScanner): Generator<Token, void> {
  const scanner = scan(text);
  let next = read(scanner);
  while (next.kind !== END_OF_FILE) {
    const token = next;
    next = read(scanner);
    if (token.kind !== UNKNOWN) {
      yield token;
      continue;
    }
    let { end } = token;
    while (isWord(next.kind) && !text.slice(end, next.start).includes('\n')) {
      ({ end } = next);
      next = read(scanner);
    }
    yield { ...token, end };
  }
}

function read(scanner: JSONScanner): Token {
  const kind = scanner.scan();
  const start = scanner.getTokenOffset();
  return { kind, start, end: start + scanner.getTokenLength(), value: scanner.getTokenValue() };
}

function isWord(kind: number): boolean {
  return kind >= 7 && kind !== END_OF_FILE;
}

/** The tokens of secret values, each with a placeholder name. */
function* secretTokens(
  tokens: Iterable<Token>,
  known: SecretValues,
): Generator<{ readonly token: Token; readonly name: string }, void> {
  const frames: Frame[] = [newFrame(false, undefined)];
  for (const [token, following] of withFollowing(tokens)) {
    const frame = frames.at(-1) ?? newFrame(false, undefined);
    switch (token.kind) {
      case OPEN_BRACE:
      case OPEN_BRACKET:
        frames.push(newFrame(token.kind === OPEN_BRACE, secretAround(frame)));
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (frames.length > 1) frames.pop();
        endValue(frames.at(-1));
        break;
      case COMMA:
        endValue(frame);
        break;
      case COLON:
        frame.isValueNext = true;
        break;
      default: {
        const isKey = frame.isObject && token.kind === STRING && following === COLON;
        if (isKey) {
          frame.key = token.value;
          frame.isValueNext = false;
          break;
        }
        const name = nameOfSecret(frame, token, known);
        if (name !== undefined) yield { token, name };
      }
    }
  }
}

function* withFollowing(tokens: Iterable<Token>): Generator<readonly [Token, number], void> {
  let last: Token | undefined;
  for (const token of tokens) {
    if (last) yield [last, token.kind];
    last = token;
  }
  if (last) yield [last, END_OF_FILE];
}

function newFrame(isObject: boolean, secretBy: string | undefined): Frame {
  return { isObject, secretBy, key: undefined, isValueNext: !isObject };
}

function endValue(frame: Frame | undefined): void {
  if (!frame?.isObject) return;
  frame.key = undefined;
  frame.isValueNext = false;
}

/** The name of the secret that the enclosing value belongs to. */
function secretAround({ key, secretBy }: Frame): string | undefined {
  return key !== undefined && isSecretName(key) ? key : secretBy;
}

/** The name of the secret that a value is; undefined if it is not secret. */
function nameOfSecret(frame: Frame, { kind, value }: Token, known: SecretValues): string | undefined {
  const { key, isObject, isValueNext, secretBy } = frame;
  if (isObject && !isValueNext) return undefined;
  const isText = kind === STRING;
  if (isText || kind === NUMBER || kind === UNKNOWN) {
    if (key !== undefined && isSecretName(key)) return placeholderName(key);
    const isHarmless = key !== undefined && HARMLESS_BESIDE_SECRETS.test(key);
    if (secretBy !== undefined && !isHarmless) return placeholderName(secretBy);
  }
  if (!isText) return undefined;
  const typed = fillPlaceholders(value, () => '');
  const looksSecret = PRIVATE_KEY.test(typed) || redact(typed, known) !== typed;
  return looksSecret ? placeholderName(key ?? '') : undefined;
}

function placeholderName(key: string): string {
  return key.replaceAll(/[^\w.-]/g, '') || 'secret';
}
