import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import type { SecretValues } from '../redaction/redact';
import { Slices } from '../base/turns';
import { placedProblemText, toProblem } from '../services/common/problem';
import type { Resource } from '../services/contract/resource';
import type { Format } from './formats';
import { inventory, type Entry, type PageSource } from './inventory';

/** Progress of an inventory. */
export interface InventoryCounts {
  readonly connections: number;
  /** What is below them: datasets, pipelines, fields, data objects. */
  readonly items: number;
  readonly problems: number;
}

/** An inventory as consecutive parts of a file, and its counts. */
export interface WrittenInventory extends InventoryCounts {
  readonly parts: readonly Uint8Array[];
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

/**
 * Writes the inventory of accounts. Holds the rows of at most one list of connections at a time, besides the text
 * itself.
 * @throws the signal's reason; the failure, if there is nothing but failures. Other failures of the service are written
 * into the file and counted.
 */
export async function writeInventory(
  source: PageSource,
  accounts: readonly Resource[],
  { format, secrets, signal, groups, onProgress, limit, slices = new Slices() }: InventoryOptions,
): Promise<WrittenInventory> {
  const parts = [Buffer.from(format.begin())];
  const errors: unknown[] = [];
  let counts: InventoryCounts = { connections: 0, items: 0, problems: 0 };
  const onRead = (entry: Entry): void => {
    if (entry.error !== undefined) errors.push(entry.error);
    counts = add(counts, entry);
    onProgress?.(counts);
  };
  const bounds = { signal, slices, limit, groups, onRead };
  for await (const entry of inventory(source, accounts, secrets, bounds)) {
    parts.push(Buffer.from(format.entry(entry)));
    await slices.next();
  }
  if (counts.connections === 0 && errors.length > 0) throw toOneError(errors);
  parts.push(Buffer.from(format.end()));
  return { parts, ...counts };
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
  const named = errors.slice(0, MAX_NAMED_ERRORS).map((error) => placedProblemText(toProblem(error)));
  const message = l10n.t('None of the accounts could be read. {0}', named.join(' '));
  return new HttpError(first instanceof HttpError ? first.kind : 'server', message, {
    advice: l10n.t('Verify the accounts, then export again.'),
    cause: first,
  });
}
