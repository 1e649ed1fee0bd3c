import { isEscapeLead, readCharacter, foldCase, isSkipped } from './characters';
import type { Range } from './ranges';
import { Trie, type Kind } from './trie';

/** A secret shorter than this is not looked for: it would blacken ordinary words. In characters that can be seen. */
const MIN_SECRET_CHARS = 4;

/** So much of the beginning of a secret is found too: services quote keys in part, and cut texts off. */
const MIN_PART_CHARS = 16;

/** Long secrets are looked for in pieces of at least so many characters, so that one place costs no more than a piece. */
const PIECE_CHARS = 64;

/** So much of a secret is looked for in base64 and hexadecimal: what follows in the same word is masked with it. */
const ENCODED_BYTES = 48;

/** A shorter part of a secret in base64 could stand in any word. */
const MIN_ENCODED_CHARS = 8;

/** How often a secret may have been escaped: percent-encoded JSON within HTML is three times. */
const MAX_ESCAPES = 3;

/** At one place of a text no more is compared than this. Only a text made for it comes near. */
const MAX_STEPS = 500;

/** More nodes than a trie of secrets has. */
const MAX_NODES = 2 ** 22;

/** Places within what was found are searched too, as long as that costs no more than so many steps a character. */
const OVERLAP_STEPS_PER_CHAR = 16;

interface Match {
  readonly end: number;
  readonly kind: Kind;
}

/** How a search is done. */
export interface SearchOptions {
  /** True for a text that was cut off: the beginning of a secret at its end is found too. */
  readonly cut?: boolean;
}

/**
 * Finds known secrets in texts, however they are spelled: letter case, percent- and form-encoding, the escapes of JSON
 * and HTML, any of these several times over, base64 and base64url (alone or behind other text, as in `id:secret`),
 * hexadecimal, line breaks and invisible characters in between. Takes time in proportion to the text.
 *
 * The text is compared with a trie of the secrets from every place anew, and decoded on the way.
 */
export class SecretFinder {
  readonly #trie = new Trie();
  /** 0 for each two ASCII characters that no secret begins with: most places of a text are passed by on sight. */
  readonly #beginnings: Uint8Array;

  /** @param values the secrets. Too short ones are not looked for. */
  constructor(values: readonly string[]) {
    for (const value of new Set(values)) this.#add(value);
    this.#beginnings = findBeginnings(this.#trie);
  }

  /** True where there is nothing to be found. */
  get isEmpty(): boolean {
    return this.#trie.isEmpty;
  }

  /** Where secrets are in the text. Ranges are in order and may overlap. */
  find(text: string, { cut = false }: SearchOptions = {}): readonly Range[] {
    if (this.isEmpty) return [];
    const found: Range[] = [];
    let overlapSteps = text.length * OVERLAP_STEPS_PER_CHAR;
    let done = 0;
    for (let at = 0; at < text.length; at++) {
      const first = text.charCodeAt(at);
      const second = text.charCodeAt(at + 1);
      if (first < 0x80 && second < 0x80 && this.#beginnings[first * 0x80 + second] === 0) continue;
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

  #add(value: string): void {
    const secret = visibleCharacters(value);
    if (secret.length < MIN_SECRET_CHARS || secret.every((code) => code === ASTERISK)) return;
    this.#addPieces(secret);
    // Forms write a blank as a plus sign.
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

/** A place that was reached in the text and in the trie. */
interface Place {
  readonly node: number;
  readonly at: number;
  /** True where the character before was passed over. */
  readonly isSkip: boolean;
}

/** What the text from one place on has in common with the secrets. */
class Comparison {
  /** The longest secret, or part of one, that begins at the place. */
  match: Match | undefined;
  steps = 0;
  /** Places still to be compared: an escape can be read in several ways. */
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

  /** Goes on as far as characters stand for themselves. */
  #compareFrom({ node, at, isSkip }: Place): void {
    let [current, place, skipped] = [node, at, isSkip];
    for (; this.steps < MAX_STEPS; place++) {
      this.steps++;
      // What was passed over belongs to a secret only where more of it follows.
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

  /** All ways to read the character at a place: as it is written, and decoded once or several times. */
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

  /** Several ways lead to the same place where a secret holds what escapes are made of: it is gone on from once. */
  #reach(place: Place): void {
    const key = place.at * MAX_NODES + place.node;
    if (this.#reached.has(key)) return;
    this.#reached.add(key);
    this.#open.push(place);
  }

  #note(node: number, at: number): void {
    const isCut = this.cut && at >= this.text.length && this.trie.depth(node) >= MIN_SECRET_CHARS;
    const kind = this.trie.endOf(node) ?? (isCut ? 'text' : undefined);
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

/** The characters of a secret as they are compared. */
function visibleCharacters(text: string): readonly number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0)
    .filter((code) => !isSkipped(code))
    .map(foldCase);
}

/** What base64 makes of bytes that stand behind `shift` others, as far as those have no part in it. */
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
