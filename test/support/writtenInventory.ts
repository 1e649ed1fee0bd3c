import {
  writeInventory,
  type InventoryCounts,
  type InventoryOptions,
} from '../../src/core/export/writeInventory';
import type { PageSource } from '../../src/core/export/inventory';
import type { Resource } from '../../src/core/services/contract/resource';

/** The text of an inventory, and its counts. */
export async function writtenInventory(
  source: PageSource,
  accounts: readonly Resource[],
  options: InventoryOptions,
): Promise<InventoryCounts & { readonly text: string }> {
  const all: Uint8Array[] = [];
  const counts = await writeInventory(source, accounts, options, async (parts) => {
    for await (const part of parts) all.push(part);
  });
  return { ...counts, text: Buffer.concat(all).toString() };
}
