import { setImmediate } from 'node:timers/promises';
import { formattedParts } from '../../core/services/common/jsonText';
import type { JsonPart } from '../../shared/protocol';

const INDENTATION = { insertSpaces: true, tabSize: 2 };

/** Characters of the first part: several screens. */
const MIN_CHUNK_CHARS = 50_000;

/** Parts that the page may have before it: one to work on, and one for the time that the next takes to come. */
const MAX_UNACKNOWLEDGED_CHUNKS = 2;

/** Characters of a later part: formatting and sending it holds up nothing else for long. */
const MAX_CHUNK_CHARS = 1_000_000;

/**
 * Sends the text of the tab `JSON` to the page, formatted part by part: the first one is drawn while the others are
 * made, and between two of them the extension does what else there is to do.
 */
export class JsonChunkSender {
  #text: string | undefined;
  /** What was sent of a text that is not whole yet. */
  #beginning: string | undefined;
  #sending = new AbortController();
  /** Parts that the page has not taken in yet. */
  #underWay = 0;
  #roomMade = (): void => undefined;

  constructor(private readonly send: (part: JsonPart) => void) {}

  /** Sends the first part of a text of which no more has come yet. It ends as that of the whole text will. */
  begin(beginning: string): void {
    this.stop();
    const parts = splitParts(beginning);
    const { value: part } = parts.next();
    // The last part that can be made of it may end within a word.
    if (part === undefined || parts.next().done === true) return;
    this.#beginning = beginning;
    this.#sendPart({ bytes: new TextEncoder().encode(part), first: true, last: false });
  }

  /** Sends a text, unless it is the one that was sent last or is on its way. */
  show(text: string): void {
    if (text === this.#text) return;
    const begun = this.#beginning !== undefined && text.startsWith(this.#beginning);
    this.stop();
    this.#text = text;
    this.#sending = new AbortController();
    void this.#run(text, begun, this.#sending.signal);
  }

  /** The page has taken in a part. */
  acknowledge(): void {
    this.#underWay -= 1;
    this.#roomMade();
  }

  /** Sends no further part. The next text is sent, whichever it is. */
  stop(): void {
    this.#text = undefined;
    this.#beginning = undefined;
    this.#underWay = 0;
    this.#sending.abort();
    this.#roomMade();
  }

  /** @param begun true where the first part was sent already. */
  async #run(text: string, begun: boolean, signal: AbortSignal): Promise<void> {
    const encoder = new TextEncoder();
    const parts = splitParts(text);
    if (begun) parts.next();
    let first = !begun;
    for (let part = parts.next(); !part.done && !signal.aborted; first = false) {
      const bytes = encoder.encode(part.value);
      // Whether a part is the last one is known when there is no other.
      part = parts.next();
      this.#sendPart({ bytes, first, last: part.done === true });
      await this.#room();
    }
  }

  #sendPart(part: Omit<JsonPart, 'type'>): void {
    this.#underWay += 1;
    this.send({ type: 'part', ...part });
  }

  /** Waits until few parts are under way: those in the queue would hold up whatever is sent after them. */
  async #room(): Promise<void> {
    if (this.#underWay >= MAX_UNACKNOWLEDGED_CHUNKS)
      await new Promise<void>((resolve) => (this.#roomMade = resolve));
    else await setImmediate();
  }
}

function splitParts(text: string): Generator<string, void> {
  return formattedParts(text, INDENTATION, (part) => Math.min(MAX_CHUNK_CHARS, MIN_CHUNK_CHARS * 2 ** part));
}
