import * as v from 'valibot';
import { getAccountId, parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { EntryFiles } from '../../ui/storage/entryFiles';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import type { KnownStatus, StatusSnapshot } from './statusChanges';

/** What was not read for so long is forgotten, in milliseconds. */
const LIFETIME_MS = 90 * 24 * 3_600_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A file holds what is known of one account in one workspace. Counts are in the order of `COUNTED_STATES`. */
const stored = v.object({
  workspace: v.string(),
  account: v.string(),
  rows: v.array(v.tuple([v.string(), v.number(), count, count, count, count])),
});

/** What the status of each account was when it was last read in this workspace. */
export class StatusMemory {
  readonly #files: EntryFiles;
  readonly #workspace: string;

  constructor(storage: Pick<WindowStorage, 'files' | 'workspace'>) {
    this.#files = storage.files('status', LIFETIME_MS);
    this.#workspace = storage.workspace;
  }

  /**
   * What is known, by account. Forgets the accounts that are gone.
   * @param accounts the paths of all accounts.
   */
  async read(accounts: readonly ResourcePath[]): Promise<ReadonlyMap<ResourcePath, StatusSnapshot>> {
    const found = (await this.#files.list()).flatMap((text) => parseStored(text) ?? []);
    const there = new Set<string>(accounts);
    for (const { workspace, account } of found)
      if (!there.has(account)) void this.#files.remove(toKey(workspace, account));
    const own = found.filter(({ workspace, account }) => workspace === this.#workspace && there.has(account));
    return new Map(own.flatMap(({ account, rows }) => toEntry(account, rows)));
  }

  /** Replaces what is known of an account. */
  write(account: ResourcePath, snapshot: StatusSnapshot): Promise<void> {
    const rows = [...snapshot].map(([path, { at, counts }]) => [
      ...[path, at, counts.ok, counts.failed, counts.running, counts.queued],
    ]);
    const text = JSON.stringify({ workspace: this.#workspace, account, rows });
    return this.#files.put(toKey(this.#workspace, account), text);
  }
}

type Stored = v.InferOutput<typeof stored>;

function toEntry(
  account: string,
  rows: Stored['rows'],
): readonly (readonly [ResourcePath, StatusSnapshot])[] {
  const path = parsePath(account);
  if (!path) return [];
  const known = rows.flatMap(([text, at, ok, failed, running, queued]) => {
    const row = parsePath(text);
    if (!row || getAccountId(row) !== getAccountId(path)) return [];
    const status: KnownStatus = { at, counts: { ok, failed, running, queued } };
    return [[row, status] as const];
  });
  return [[path, new Map(known)]];
}

/** @returns undefined for a text that is not of this form, such as that of a later version. */
function parseStored(text: string): Stored | undefined {
  const decoded = v.safeParse(v.pipe(v.string(), v.parseJson(), stored), text);
  return decoded.success ? decoded.output : undefined;
}

function toKey(workspace: string, account: string): string {
  return `${workspace} ${account}`;
}
