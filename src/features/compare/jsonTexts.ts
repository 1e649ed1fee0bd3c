import { compareText } from '../../core/base/texts';
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

/** How to canonicalize, besides sorting. */
export interface CanonicalizeOptions extends CanonicalJsonOptions {
  /** True keeps server-managed fields. */
  readonly keepServerMade: boolean;
  /** Masked wherever they occur. */
  readonly secrets: SecretValues;
}

/**
 * Returns the canonical form of a JSON text for comparison. Members are sorted by key; those with equal keys keep their
 * order. Lists of objects are sorted by the member that identifies their items, because such items are addressed by it
 * and not by position. All other lists keep their order, which may have a meaning. Numbers keep their notation. Secrets
 * are masked, see `redactJson`.
 * @throws JsonSyntaxError if the text is not JSON or nested too deeply.
 */
export async function canonicalize(text: string, how: CanonicalizeOptions): Promise<string> {
  const writer = new Writer(how);
  // Before redaction, which would move the line of an error.
  await checkJson(text);
  writer.write(await parseLossless(redactJson(text, how.secrets)), '\n');
  return `${writer.text}\n`;
}

class Writer {
  text = '';
  readonly #ids: readonly string[];
  readonly #leftOut: ReadonlySet<string>;
  /** The text written for each key, because keys repeat often. */
  readonly #heads = new Map<string, string>();

  constructor({ idKeys, volatileKeys, keepServerMade }: CanonicalizeOptions) {
    this.#ids = idKeys;
    this.#leftOut = new Set(keepServerMade ? [] : volatileKeys);
  }

  /** @param line a line break and the indentation of the line on which the value begins. */
  write(value: LosslessValue, line: string): void {
    if (typeof value === 'string') this.text += value;
    else if ('members' in value) this.#object(value.members, line);
    else this.#list(value.items, line);
  }

  #object(members: readonly LosslessMember[], line: string): void {
    const shown = members
      .filter(({ key }) => !this.#leftOut.has(key))
      .sort((a, b) => compareText(a.key, b.key));
    this.#block('{', shown, '}', line, ({ key, value }, deeper) => {
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

/** Sorts the items by the first member that identifies all of them. Without one they keep their order. */
function sortedById(items: readonly LosslessValue[], names: readonly string[]): readonly LosslessValue[] {
  const name = names.find((each) => items.every((item) => getId(item, each) !== undefined));
  if (name === undefined) return items;
  return items
    .map((item) => ({ item, id: getId(item, name) ?? '' }))
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ item }) => item);
}

function getId(item: LosslessValue, name: string): string | undefined {
  if (typeof item === 'string' || !('members' in item)) return undefined;
  const value = item.members.findLast(({ key }) => key === name)?.value;
  return typeof value === 'string' && /^["\d-]/.test(value) ? value : undefined;
}

/**
 * The text of a snapshot: the server's own JSON, formatted, with keys in its order and numbers in its notation. It
 * contains nothing else, so that any tool can read it, and any JSON file can serve as a snapshot. Secrets are masked
 * (see `redactJson`), because snapshots are shared and kept. References to a schema are removed, because an editor
 * would follow them.
 */
export function snapshotText(text: string, secrets: SecretValues): string {
  return `${formatJson(redactJson(withoutSchemaReference(text), secrets))}\n`;
}

/** A text to be made of a JSON text, as plain data that another thread can be given. */
export interface TextOrder {
  readonly json: string;
  readonly secrets: readonly string[];
  /** How to canonicalize it; absent for a snapshot, which is not. */
  readonly canonical?: Omit<CanonicalizeOptions, 'secrets'>;
}

/**
 * Makes the file of a side (see {@link canonicalize}) or of a snapshot (see {@link snapshotText}).
 * @throws JsonSyntaxError if the JSON cannot be canonicalized.
 */
export async function orderedBytes({
  json,
  secrets,
  canonical,
}: TextOrder): Promise<Uint8Array<ArrayBuffer>> {
  if (!canonical) return new TextEncoder().encode(snapshotText(json, secrets));
  return fileBytes(await canonicalize(withoutSchemaReference(json), { ...canonical, secrets }));
}

/** The text of a side as a file. Without a byte order mark, VS Code would decode it as `files.encoding` says. */
export function fileBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`\uFEFF${text}`);
}

/** Characters in a line: about as many as a side of the diff editor shows. */
const MAX_LINE_CHARS = 40;

/**
 * The text shown for a side that cannot be read, because VS Code reports only that a file failed. It is a JSON list of
 * lines, because every side is JSON.
 * @param name the name of the side.
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
