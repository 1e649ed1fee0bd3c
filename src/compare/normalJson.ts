import { isSecretKey, mask } from '../http/redact';
import type { NormalForm } from '../services/service';
import { readWritten, type WrittenMember, type WrittenValue } from './writtenJson';

/** What is done to a text beside sorting it. */
export interface Normalising extends NormalForm {
  /** True: what the service sets by itself stays. */
  readonly keepServerMade: boolean;
}

/**
 * A JSON text in the form in which two are compared. Members are sorted by key, those of the same key as they came;
 * lists of objects by the member that names their items, for such items are addressed by it and not by their place.
 * All other lists keep their order, which may have a meaning. Numbers stay as they were written. The values of members
 * whose name says that they are secret are masked.
 * @throws JsonFlaw where the text is no JSON or nests too deep.
 */
export async function normalJson(text: string, how: Normalising): Promise<string> {
  const writer = new Writer(how);
  writer.write(await readWritten(text), '\n');
  return `${writer.text}\n`;
}

/** What is written of a key, and whether it says that its value is secret. Keys come many times in a text. */
interface KnownKey {
  readonly head: string;
  readonly secret: boolean;
}

class Writer {
  /** The text so far. */
  text = '';
  readonly #ids: readonly string[];
  readonly #leftOut: ReadonlySet<string>;
  readonly #keys = new Map<string, KnownKey>();

  constructor({ ids, serverMade, keepServerMade }: Normalising) {
    this.#ids = ids;
    this.#leftOut = new Set(keepServerMade ? [] : serverMade);
  }

  /** @param line a line break, and the indentation of the line on which the value begins. */
  write(value: WrittenValue, line: string): void {
    if (typeof value === 'string') this.text += value;
    else if ('members' in value) this.#object(value.members, line);
    else this.#list(value.items, line);
  }

  #object(members: readonly WrittenMember[], line: string): void {
    const kept = members.filter(({ key }) => !this.#leftOut.has(key)).sort((a, b) => order(a.key, b.key));
    this.#block('{', kept, '}', line, ({ key, value }, deeper) => {
      const { head, secret } = this.#known(key);
      this.text += head;
      this.write(secret && isText(value) ? `"${mask}"` : value, deeper);
    });
  }

  #list(items: readonly WrittenValue[], line: string): void {
    this.#block('[', sortedById(items, this.#ids), ']', line, (item, deeper) => {
      this.write(item, deeper);
    });
  }

  #block<T>(
    open: string,
    parts: readonly T[],
    close: string,
    line: string,
    write: (part: T, line: string) => void,
  ): void {
    const deeper = `${line}  `;
    let before = open;
    for (const part of parts) {
      this.text += before + deeper;
      write(part, deeper);
      before = ',';
    }
    this.text += (parts.length === 0 ? open : line) + close;
  }

  #known(key: string): KnownKey {
    const known = this.#keys.get(key) ?? { head: `${JSON.stringify(key)}: `, secret: isSecretKey(key) };
    this.#keys.set(key, known);
    return known;
  }
}

/** The items sorted by the first of the members that names each of them; as they came where none does. */
function sortedById(items: readonly WrittenValue[], names: readonly string[]): readonly WrittenValue[] {
  const name = names.find((each) => items.every((item) => idOf(item, each) !== undefined));
  if (name === undefined) return items;
  return items
    .map((item) => ({ item, id: idOf(item, name) ?? '' }))
    .sort((a, b) => order(a.id, b.id))
    .map(({ item }) => item);
}

function idOf(item: WrittenValue, name: string): string | undefined {
  if (typeof item === 'string' || !('members' in item)) return undefined;
  const value = item.members.findLast(({ key }) => key === name)?.value;
  return typeof value === 'string' && /^["\d-]/.test(value) ? value : undefined;
}

function isText(value: WrittenValue): boolean {
  return typeof value === 'string' && value.startsWith('"');
}

/** By code units: the same on every machine. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
