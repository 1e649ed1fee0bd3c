import { isEscapeLead, readCharacter, foldCase, isSkipped } from './characters';
import type { Range } from './ranges';
import { Trie, type Kind } from './trie';

/** Minimum visible characters of a secret: shorter ones would mask ordinary words. */
const MIN_SECRET_CHARS = 4;

/** Prefixes of a secret of at least this length are found too: services quote keys in part, and truncate texts. */
const MIN_PART_CHARS = 16;

/** Long secrets are split into pieces of at least this length, so that one position costs no more than a piece. */
const PIECE_CHARS = 64;

/** Bytes of a secret that are searched for in base64 and hexadecimal: the rest of the same word is masked with them. */
const ENCODED_BYTES = 48;

/** A shorter part of a secret in base64 could be in any word. */
const MIN_ENCODED_CHARS = 8;

/** How often a secret may be escaped: percent-encoded JSON within HTML is three times. */
const MAX_ESCAPES = 3;

/** Maximum comparisons at one position of a text. Only a crafted text comes near. */
const MAX_STEPS = 500;

/** More nodes than a trie of secrets has. */
const MAX_NODES = 2 ** 22;

/** Positions inside a match are searched too, up to this many steps per character. */
const OVERLAP_STEPS_PER_CHAR = 16;

interface Match {
  readonly end: number;
  readonly kind: Kind;
}

export interface SearchOptions {
  /** True for a truncated text: a secret that is cut off at its end is found too. */
  readonly cut?: boolean;
}

/**
 * Finds known secrets in texts, however they are encoded: letter case, percent- and form-encoding, JSON and HTML
 * escapes, any of these nested, base64 and base64url (also after other text, as in `id:secret`), hexadecimal, with
 * line breaks and invisible characters in between. Takes linear time.
 *
 * Compares the text with a trie of the secrets, starting at every position, and decodes it on the way.
 */
export class SecretFinder {
  readonly #trie = new Trie();
  /** 0 for each pair of ASCII characters that no secret starts with: most positions of a text are skipped by this. */
  readonly #beginnings: Uint8Array;

  /** @param values the secrets. Values that are too short are ignored. Kept for a finder in another thread. */
  constructor(readonly values: readonly string[]) {
    for (const value of new Set(values)) this.#add(value);
    this.#beginnings = findBeginnings(this.#trie);
  }

  /** True if there is nothing to find. */
  get isEmpty(): boolean {
    return this.#trie.isEmpty;
  }

  /** The ranges of secrets in the text, sorted; they may overlap. */
  find(text: string, { cut = false }: SearchOptions = {}): readonly Range[] {
    if (this.isEmpty) return [];
    const found: Range[] = [];
    let overlapSteps = text.length * OVERLAP_STEPS_PER_CHAR;
    let done = 0;
    for (let at = 0; at < text.length; at++) {
      if (!this.#mayBegin(text, at)) continue;
      if (at < done && overlapSteps <= 0) at = done;
      const { match, steps } = new Comparison(this.#trie, text, at, cut);
      if (at < done) overlapSteps -= steps;
      if (match === undefined) continue;
      const isWord = match.kind === 'word';
      const start = isWord ? wordStart(text, at, done) : at;
      const end = isWord ? wordEnd(text, match.end) : match.end;
      found.push([start, end]);
      done = Math.max(done, end);
      if (isWord) at = end - 1;
    }
    return found;
  }

  /** A fast check: false at most positions of a text, which are not searched further. */
  #mayBegin(text: string, at: number): boolean {
    const first = text.charCodeAt(at);
    const second = text.charCodeAt(at + 1);
    if (first < 0x80 && second < 0x80) return this.#beginnings[first * 0x80 + second] === 1;
    return isEscapeLead(first) || this.#trie.child(0, foldCase(text.codePointAt(at) ?? first)) !== undefined;
  }

  #add(value: string): void {
    const secret = visibleCharacters(value);
    if (secret.length < MIN_SECRET_CHARS || secret.every((code) => code === ASTERISK)) return;
    this.#addPieces(secret);
    // Forms encode a space as a plus sign.
    if (/\s/.test(value)) this.#addPieces(visibleCharacters(value.trim().replaceAll(/\s/g, '+')));
    const bytes = Buffer.from(value).subarray(0, ENCODED_BYTES);
    const parts = [...[0, 1, 2].map((shift) => base64Behind(shift, bytes)), bytes.toString('hex')];
    const words = parts.filter(({ length }) => length >= MIN_ENCODED_CHARS);
    const whole = bytes.toString('base64').replace(/=+$/, '');
    for (const word of [whole, ...words]) this.#trie.insert(visibleCharacters(word), 'word', MIN_PART_CHARS);
  }

  #addPieces(secret: readonly number[]): void {
    let from = 0;
    for (; secret.length - from >= 2 * PIECE_CHARS; from += PIECE_CHARS) {
      this.#trie.insert(secret.slice(from, from + PIECE_CHARS), 'text', MIN_PART_CHARS);
    }
    this.#trie.insert(secret.slice(from), 'text', MIN_PART_CHARS);
  }
}

/** A position in the text, and the node reached in the trie. */
interface Place {
  readonly node: number;
  readonly at: number;
  /** True if the previous character was skipped. */
  readonly isSkip: boolean;
}

/** Compares the text from one position with the secrets. */
class Comparison {
  /** The longest secret, or part of one, that starts at the position. */
  match: Match | undefined;
  steps = 0;
  /** Pending positions: an escape can be read in several ways. */
  readonly #open: Place[] = [];
  readonly #reached = new Set<number>();

  constructor(
    private readonly trie: Trie,
    private readonly text: string,
    start: number,
    private readonly cut: boolean,
  ) {
    let place: Place | undefined = { node: 0, at: start, isSkip: false };
    while (place && this.steps < MAX_STEPS) {
      this.#compareFrom(place);
      place = this.#open.pop();
    }
  }

  /** Continues as long as characters are literal. */
  #compareFrom({ node, at, isSkip }: Place): void {
    let [current, place, skipped] = [node, at, isSkip];
    for (; this.steps < MAX_STEPS; place++) {
      this.steps++;
      // Skipped characters only belong to a secret if more of it follows.
      if (!skipped) this.#note(current, place);
      const code = this.text.charCodeAt(place);
      if (!(code < 0x80) || isEscapeLead(code)) break;
      const child = this.trie.child(current, foldCase(code));
      if (child === undefined && (current === 0 || !isSkipped(code))) return;
      skipped = child === undefined;
      current = child ?? current;
    }
    if (place < this.text.length) this.#branch(current, place);
  }

  /** All ways to read the character at a position: literal, and decoded once or several times. */
  #branch(node: number, at: number): void {
    let last = at;
    for (let depth = 0; depth <= MAX_ESCAPES; depth++) {
      const { code, end } = readCharacter(this.text, at, depth);
      if (end === last) continue;
      last = end;
      const child = this.trie.child(node, foldCase(code));
      if (child !== undefined) this.#reach({ node: child, at: end, isSkip: false });
      else if (node !== 0 && isSkipped(code)) this.#reach({ node, at: end, isSkip: true });
    }
  }

  /** If a secret contains characters of escapes, several ways lead to the same position: continue from it once. */
  #reach(place: Place): void {
    const key = place.at * MAX_NODES + place.node;
    if (this.#reached.has(key)) return;
    this.#reached.add(key);
    this.#open.push(place);
  }

  #note(node: number, at: number): void {
    const isCut = this.cut && at >= this.text.length && this.trie.depth(node) >= MIN_SECRET_CHARS;
    const kind = this.trie.getEnd(node) ?? (isCut ? 'text' : undefined);
    if (kind !== undefined && at > (this.match?.end ?? 0)) this.match = { end: at, kind };
  }
}

function findBeginnings(trie: Trie): Uint8Array {
  const beginnings = new Uint8Array(0x80 * 0x80);
  for (let first = 0; first < 0x80; first++) {
    const node = trie.child(0, foldCase(first));
    if (node === undefined && !isEscapeLead(first)) continue;
    for (let second = 0; second < 0x80; second++) {
      const isPossible =
        node === undefined ||
        isEscapeLead(first) ||
        isEscapeLead(second) ||
        isSkipped(second) ||
        trie.child(node, foldCase(second)) !== undefined;
      if (isPossible) beginnings[first * 0x80 + second] = 1;
    }
  }
  return beginnings;
}

const ASTERISK = 0x2a;

/** The characters of a secret in the form in which they are compared. */
function visibleCharacters(text: string): readonly number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0)
    .filter((code) => !isSkipped(code))
    .map(foldCase);
}

/** The base64 text of bytes after `shift` others, without the characters that depend on those. */
function base64Behind(shift: number, bytes: Buffer): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const touched = Math.ceil((shift * 8) / 6);
  return text.slice(touched, Math.floor(((shift + bytes.length) * 8) / 6));
}

const WORD = /[\w+/=%-]/;

function wordStart(text: string, at: number, first: number): number {
  let start = at;
  while (start > first && WORD.test(text.charAt(start - 1))) start--;
  return start;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && WORD.test(text.charAt(end))) end++;
  return end;
}
