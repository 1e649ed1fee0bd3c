import type { SecretValues } from '../../core/redaction/redact';
import { redactJson } from '../../core/redaction/redactJson';
import type { CanonicalJsonOptions } from '../../core/services/contract/service';
import {
  checkJson,
  parseLossless,
  type LosslessMember,
  type LosslessValue,
} from '../../core/base/losslessJson';
import { formatJson, withoutSchemaReference } from '../../core/services/common/jsonText';
import * as l10n from '@vscode/l10n';
import type { HttpError } from '../../core/http/errors';
import { toProblem } from '../../core/services/common/problem';
import { plainText } from '../../shared/plainText';

/** What is done to a text beside sorting it. */
export interface CanonicalizeOptions extends CanonicalJsonOptions {
  /** True: what the service sets by itself stays. */
  readonly keepServerMade: boolean;
  /** What must not be seen, wherever it stands. */
  readonly secrets: SecretValues;
}

/**
 * A JSON text in the form in which two are compared. Members are sorted by key, those of the same key as they came;
 * lists of objects by the member that names their items, for such items are addressed by it and not by their place.
 * All other lists keep their order, which may have a meaning. Numbers stay as they were written. Secrets are masked, see
 * `redactJson`.
 * @throws JsonFlaw where the text is no JSON or nests too deep.
 */
export async function canonicalize(text: string, how: CanonicalizeOptions): Promise<string> {
  const writer = new Writer(how);
  await checkJson(text);
  writer.write(await parseLossless(redactJson(text, how.secrets)), '\n');
  return `${writer.text}\n`;
}

class Writer {
  /** The text so far. */
  text = '';
  readonly #ids: readonly string[];
  readonly #leftOut: ReadonlySet<string>;
  /** What is written of a key: keys come many times in a text. */
  readonly #heads = new Map<string, string>();

  constructor({ idKeys, volatileKeys, keepServerMade }: CanonicalizeOptions) {
    this.#ids = idKeys;
    this.#leftOut = new Set(keepServerMade ? [] : volatileKeys);
  }

  /** @param line a line break, and the indentation of the line on which the value begins. */
  write(value: LosslessValue, line: string): void {
    if (typeof value === 'string') this.text += value;
    else if ('members' in value) this.#object(value.members, line);
    else this.#list(value.items, line);
  }

  #object(members: readonly LosslessMember[], line: string): void {
    const kept = members.filter(({ key }) => !this.#leftOut.has(key)).sort((a, b) => order(a.key, b.key));
    this.#block('{', kept, '}', line, ({ key, value }, deeper) => {
      this.text += this.#head(key);
      this.write(value, deeper);
    });
  }

  #list(items: readonly LosslessValue[], line: string): void {
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

  #head(key: string): string {
    const head = this.#heads.get(key) ?? `${JSON.stringify(key)}: `;
    this.#heads.set(key, head);
    return head;
  }
}

/** The items sorted by the first of the members that names each of them; as they came where none does. */
function sortedById(items: readonly LosslessValue[], names: readonly string[]): readonly LosslessValue[] {
  const name = names.find((each) => items.every((item) => getId(item, each) !== undefined));
  if (name === undefined) return items;
  return items
    .map((item) => ({ item, id: getId(item, name) ?? '' }))
    .sort((a, b) => order(a.id, b.id))
    .map(({ item }) => item);
}

function getId(item: LosslessValue, name: string): string | undefined {
  if (typeof item === 'string' || !('members' in item)) return undefined;
  const value = item.members.findLast(({ key }) => key === name)?.value;
  return typeof value === 'string' && /^["\d-]/.test(value) ? value : undefined;
}

/** By code units: the same on every machine. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The text of a snapshot: the server's own JSON, formatted, keys in its order and numbers as it wrote them. It is no
 * more than that, so that any tool can read it, and any file of JSON serves as a snapshot. Only secrets are masked (see
 * `redactJson`), for snapshots are shared and kept; and no reference to a schema is left, which an editor would follow.
 */
export function snapshotText(text: string, secrets: SecretValues): string {
  return `${formatJson(redactJson(withoutSchemaReference(text), secrets), { insertSpaces: true, tabSize: 2 })}\n`;
}

/** Characters of a line: about as many as a side of the diff editor shows. */
const MAX_LINE_CHARS = 40;

/**
 * What stands in the place of a side that cannot be read: of a file that fails, VS Code says no more than that it
 * failed. It is a list of lines, for every side is JSON.
 * @param name what the side is called.
 */
export function failureText(name: string, error: HttpError): string {
  const { detail, advice = '' } = toProblem(error);
  const sentences = [l10n.t('{0} could not be read.', plainText(name)), detail, advice];
  const lines = sentences.flatMap((sentence) => toLines(sentence));
  return `${JSON.stringify(lines, undefined, 2)}\n`;
}

function toLines(sentence: string): readonly string[] {
  return sentence.match(new RegExp(String.raw`\S.{0,${MAX_LINE_CHARS - 1}}(?=\s|$)|\S+`, 'gu')) ?? [];
}
