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

/** A secret that stands in a document, where a placeholder should stand. */
export interface TypedSecret {
  /** The part of the text that the placeholder has to replace. */
  readonly start: number;
  readonly end: number;
  /** The name of its placeholder. */
  readonly name: string;
  /** What was typed. */
  readonly value: string;
  /** True where it follows its placeholder: somebody typed on. */
  readonly isMore: boolean;
}

/** How secrets in a document are found. */
export interface SecretSearch {
  /** Makes the scanner of jsonc-parser, without trivia. */
  readonly scan: (text: string) => JSONScanner;
  /** Secrets that are known as such, under whatever name they stand. */
  readonly known?: SecretValues;
}

/** The part of a text that was inserted last. */
export interface Insertion {
  readonly start: number;
  readonly text: string;
}

/** An object or list that is being read. */
interface Frame {
  readonly isObject: boolean;
  /** The name of the nearest member around whose value is secret, as far as it tells of all that it holds. */
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

/** The kinds of tokens that count, as `SyntaxKind` numbers them. It is a `const enum`, which no bundle holds. */
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

/** Members beside a secret that are none themselves: `credential.clientId`, `privateKey.filename`. */
const HARMLESS_BESIDE_SECRETS =
  /(?:id|name|type|kind|url|uri|scopes?|thumbprint|fingerprint|algorithm|format|method|host|role|user)$/i;

/** A placeholder that ends where a secret begins: somebody types on behind it. */
const PLACEHOLDER_BEFORE = /"\$\{secret:([^{}"\\\s]{1,100})\}"$/;
const MAX_PLACEHOLDER_CHARS = 120;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/**
 * Finds the secrets in a document of an action: the values of members that are secret by their name, and other texts
 * that look like one. The document need not be complete JSON, because it is looked at while somebody types.
 * @param inserted text with line breaks ends a string of JSON: what was pasted into a secret is secret as a whole.
 * @returns secrets in the order of the text, none within another.
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
    // What services and this extension show in the place of a secret nobody typed.
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

/** The document with placeholders in the place of its secrets. */
export function withoutTypedSecrets(text: string, search: SecretSearch): string {
  return replaceSecrets(text, search, ({ name }) => secretPlaceholder(name));
}

/** A document of a service with its secrets hidden as Immuta hides them: what is hidden is not sent back. */
export function hideSecrets(text: string, search: SecretSearch): string {
  return replaceSecrets(text, search, () => REDACTED);
}

function replaceSecrets(text: string, search: SecretSearch, by: (secret: TypedSecret) => string): string {
  return findTypedSecrets(text, search).reduceRight(
    (result, secret) => `${result.slice(0, secret.start)}"${by(secret)}"${result.slice(secret.end)}`,
    text,
  );
}

/** The whole of a secret, which may reach beyond its token if it was inserted with line breaks. */
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

/** True while somebody types a placeholder, or takes one away. */
function isPartOfPlaceholder(typed: string, name: string): boolean {
  return /^\$|[:}]/.test(typed) && secretPlaceholder(name).includes(typed);
}

function unusedName(name: string, used: Set<string>): string {
  let free = name;
  for (let number = 2; used.has(free); number++) free = `${name}${number}`;
  used.add(free);
  return free;
}

/** The tokens of a text; words that are no JSON count as one up to the end of their line or value. */
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

/** The tokens of values that are secret, each with a name for its placeholder. */
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

/** The name of the secret that all within the value that is being read belongs to. */
function secretAround({ key, secretBy }: Frame): string | undefined {
  return key !== undefined && isSecretName(key) ? key : secretBy;
}

/** The name of the secret that a value is; undefined if it is none. */
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
