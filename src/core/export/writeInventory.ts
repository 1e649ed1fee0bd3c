import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import type { SecretValues } from '../redaction/redact';
import { Slices } from '../base/turns';
import { errorText } from '../services/common/problem';
import type { Resource } from '../services/contract/resource';
import type { ConnectionPlace, Format } from './formats';
import { inventory, type Entry, type PageSource } from './inventory';
import type { Row } from './row';

/** The place of a text in a spool, in bytes. */
interface Kept {
  readonly at: number;
  readonly length: number;
}

/**
 * A temporary file, readable by the user only, that keeps texts out of the heap until their order is known. Its methods
 * throw HttpError kind `rejected` if the system refuses.
 */
export class Spool {
  #end = 0;

  private constructor(
    private readonly folder: string,
    private readonly file: FileHandle,
  ) {}

  static open(): Promise<Spool> {
    return attempted(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'connections-explorer-'));
      return new Spool(folder, await open(join(folder, 'export'), 'wx+', 0o600));
    });
  }

  async keep(text: string): Promise<Kept> {
    const bytes = Buffer.from(text);
    const at = this.#end;
    this.#end += bytes.length;
    // Not `FileHandle.write`, which may write a part only.
    await attempted(() => this.file.writeFile(bytes));
    return { at, length: bytes.length };
  }

  async read({ at, length }: Kept): Promise<Uint8Array> {
    const { buffer, bytesRead } = await attempted(() =>
      this.file.read(Buffer.allocUnsafe(length), 0, length, at),
    );
    if (bytesRead < length) throw unusable();
    return buffer;
  }

  /** Deletes the file. */
  async delete(): Promise<void> {
    await this.file.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function attempted<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw unusable(cause);
  }
}

function unusable(cause?: unknown): HttpError {
  return new HttpError('rejected', l10n.t('Unable to use a temporary file in "{0}".', tmpdir()), {
    advice: l10n.t('Check the free space and the permissions of that folder.'),
    cause,
  });
}

/** Progress of an inventory. */
export interface InventoryCounts {
  readonly connections: number;
  /** What is below them: datasets, pipelines, fields, data objects. */
  readonly items: number;
  readonly problems: number;
}

export interface InventoryOptions {
  readonly format: Format;
  /** Masked in all texts. */
  readonly secrets: SecretValues;
  readonly signal: AbortSignal;
  /** As `InventoryBounds.groups`. */
  readonly groups?: ReadonlySet<string>;
  /** Called after each connection. */
  readonly onProgress?: (counts: InventoryCounts) => void;
  /** As `InventoryBounds.limit`. */
  readonly limit?: number;
  readonly slices?: Slices;
}

/** What is remembered of an entry while its text is in the spool. */
interface Spooled {
  readonly text: Kept;
  /** Absent if the entry has no connection. */
  readonly place?: ConnectionPlace;
  readonly problems: readonly Row[];
}

/**
 * Writes the inventory of accounts. Holds the rows of one page at a time: their order is known only when all of a list
 * was read, so until then their texts are in a temporary file.
 * @param write takes the consecutive parts of the file. Called once everything was read.
 * @throws the signal's reason; the failure, if there is nothing but failures; what `write` throws. Other failures of the
 * service are written into the file and counted.
 */
export async function writeInventory(
  source: PageSource,
  accounts: readonly Resource[],
  { format, secrets, signal, groups, onProgress, limit, slices = new Slices() }: InventoryOptions,
  write: (parts: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<InventoryCounts> {
  const spool = await Spool.open();
  const errors: unknown[] = [];
  let counts: InventoryCounts = { connections: 0, items: 0, problems: 0 };
  const keep = async (entry: Entry): Promise<Spooled> => {
    if (entry.error !== undefined) errors.push(entry.error);
    const { text, problems } = format.entry(entry);
    const kept = await spool.keep(text);
    counts = add(counts, entry);
    onProgress?.(counts);
    await slices.next();
    if (!entry.connection) return { text: kept, problems };
    const { account, service } = entry.connection;
    return { text: kept, problems, place: { account, service } };
  };
  try {
    const spooled: Spooled[] = [];
    const bounds = { signal, slices, limit, groups, keep };
    for await (const entry of inventory(source, accounts, secrets, bounds)) spooled.push(entry);
    if (counts.connections === 0 && errors.length > 0) throw toOneError(errors);
    await write(toParts(format, spooled, spool, signal));
    return counts;
  } finally {
    await spool.delete();
  }
}

async function* toParts(
  format: Format,
  entries: readonly Spooled[],
  spool: Spool,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(format.begin());
  for (const { text, place } of entries) {
    signal.throwIfAborted();
    if (place) yield Buffer.from(format.before(place));
    yield await spool.read(text);
  }
  yield Buffer.from(format.end(entries.flatMap(({ problems }) => problems)));
}

function add(counts: InventoryCounts, { connection, below }: Entry): InventoryCounts {
  const problems = below.filter(({ problem }) => problem !== '').length;
  return {
    connections: counts.connections + (connection ? 1 : 0),
    items: counts.items + below.length - problems,
    problems: counts.problems + problems,
  };
}

/** Failures that one message names. */
const MAX_NAMED_ERRORS = 3;

function toOneError(errors: readonly unknown[]): unknown {
  const [first] = errors;
  if (errors.length === 1) return first;
  const named = errors.slice(0, MAX_NAMED_ERRORS).map(errorText);
  const message = l10n.t('None of the accounts could be read. {0}', named.join(' '));
  return new HttpError(first instanceof HttpError ? first.kind : 'server', message, {
    advice: l10n.t('Verify the accounts, then export again.'),
    cause: first,
  });
}
