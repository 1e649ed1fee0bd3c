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
  const value = await readWritten(text);
  const lines: string[] = [];
  new Writer(lines, how).write(value, '', '', '');
  return `${lines.join('\n')}\n`;
}

class Writer {
  readonly #lines: string[];
  readonly #ids: readonly string[];
  readonly #leftOut: ReadonlySet<string>;

  constructor(lines: string[], { ids, serverMade, keepServerMade }: Normalising) {
    this.#lines = lines;
    this.#ids = ids;
    this.#leftOut = new Set(keepServerMade ? [] : serverMade);
  }

  /** @param head what stands before the value on its line, behind the indentation. @param tail a comma, or nothing. */
  write(value: WrittenValue, indentation: string, head: string, tail: string): void {
    if (typeof value === 'string') this.#lines.push(`${indentation}${head}${value}${tail}`);
    else if ('members' in value) this.#object(value.members, indentation, head, tail);
    else this.#list(value.items, indentation, head, tail);
  }

  #object(members: readonly WrittenMember[], indentation: string, head: string, tail: string): void {
    const kept = members.filter(({ key }) => !this.#leftOut.has(key)).sort((a, b) => order(a.key, b.key));
    this.#block('{}', kept, indentation, head, tail, ({ key, value }, deeper, comma) => {
      this.write(shown(key, value), deeper, `${JSON.stringify(key)}: `, comma);
    });
  }

  #list(items: readonly WrittenValue[], indentation: string, head: string, tail: string): void {
    this.#block('[]', sortedById(items, this.#ids), indentation, head, tail, (item, deeper, comma) => {
      this.write(item, deeper, '', comma);
    });
  }

  #block<T>(
    brackets: string,
    parts: readonly T[],
    indentation: string,
    head: string,
    tail: string,
    write: (part: T, indentation: string, comma: string) => void,
  ): void {
    const [open = '', close = ''] = brackets;
    if (parts.length === 0) {
      this.#lines.push(`${indentation}${head}${brackets}${tail}`);
      return;
    }
    this.#lines.push(`${indentation}${head}${open}`);
    for (const [place, part] of parts.entries()) {
      write(part, `${indentation}  `, place < parts.length - 1 ? ',' : '');
    }
    this.#lines.push(`${indentation}${close}${tail}`);
  }
}

/** The items sorted by the first of the members that names each of them; as they came where none does. */
function sortedById(items: readonly WrittenValue[], names: readonly string[]): readonly WrittenValue[] {
  for (const name of names) {
    const ids = items.map((item) => idOf(item, name));
    if (!ids.every((id) => id !== undefined)) continue;
    return items
      .map((item, place) => ({ item, id: ids[place] ?? '' }))
      .sort((a, b) => order(a.id, b.id))
      .map(({ item }) => item);
  }
  return items;
}

function idOf(item: WrittenValue, name: string): string | undefined {
  if (typeof item === 'string' || !('members' in item)) return undefined;
  const value = item.members.findLast(({ key }) => key === name)?.value;
  return typeof value === 'string' && /^["\d-]/.test(value) ? value : undefined;
}

function shown(key: string, value: WrittenValue): WrittenValue {
  return typeof value === 'string' && value.startsWith('"') && isSecretKey(key) ? `"${mask}"` : value;
}

/** By code units: the same on every machine. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
