import type { SecretValues } from '../redaction/redact';
import { Slices } from '../base/turns';
import type { Resource } from '../services/contract/resource';
import type { Format } from './formats';
import { inventory, type PageSource } from './inventory';

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
  /** Called after each connection. */
  readonly onProgress?: (counts: InventoryCounts) => void;
  /** As `InventoryBounds.limit`. */
  readonly limit?: number;
  readonly slices?: Slices;
}

/**
 * Writes the inventory of accounts. Holds at most one page of resources at a time, besides the text itself.
 * @throws the signal's reason. Failures of the service are written into the file and counted.
 */
export async function writeInventory(
  source: PageSource,
  accounts: readonly Resource[],
  { format, secrets, signal, onProgress, limit, slices = new Slices() }: InventoryOptions,
): Promise<WrittenInventory> {
  const parts = [Buffer.from(format.begin())];
  let counts: InventoryCounts = { connections: 0, items: 0, problems: 0 };
  for await (const entry of inventory(source, accounts, secrets, { signal, slices, limit })) {
    const problems = entry.below.filter(({ problem }) => problem !== '').length;
    counts = {
      connections: counts.connections + (entry.connection ? 1 : 0),
      items: counts.items + entry.below.length - problems,
      problems: counts.problems + problems,
    };
    parts.push(Buffer.from(format.entry(entry)));
    onProgress?.(counts);
    await slices.next();
  }
  parts.push(Buffer.from(format.end()));
  return { parts, ...counts };
}
