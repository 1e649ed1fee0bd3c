import * as v from 'valibot';
import { getAccountId, parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { EntryFiles } from '../../ui/storage/entryFiles';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import type { AccountLook } from './accountChanges';

/** An account that was not viewed for this time is forgotten, in milliseconds. */
const LIFETIME_MS = 90 * 24 * 3_600_000;

/** A file holds what one account looked like in one workspace: path, name and status of each row. */
const Stored = v.object({
  workspace: v.string(),
  account: v.string(),
  at: v.number(),
  rows: v.array(v.tuple([v.string(), v.string(), v.string()])),
});

/** The snapshots of accounts from their last view in this workspace. */
export class LookMemory {
  readonly #files: EntryFiles;
  readonly #workspace: string;

  constructor(storage: Pick<WindowStorage, 'files' | 'workspace'>) {
    this.#files = storage.files('looks', LIFETIME_MS);
    this.#workspace = storage.workspace;
  }

  /** @returns undefined for an account that was never viewed. */
  async read(account: ResourcePath): Promise<AccountLook | undefined> {
    const stored = (await this.#files.list()).flatMap((text) => parseStored(text) ?? []);
    const own = stored.find((each) => each.workspace === this.#workspace && each.account === account);
    if (!own) return undefined;
    const rows = own.rows.flatMap(([text, label, status]) => {
      const path = parsePath(text);
      return path && getAccountId(path) === getAccountId(account) ? [[path, { label, status }] as const] : [];
    });
    return { at: own.at, rows: new Map(rows) };
  }

  /** Replaces what an account looked like. */
  write(account: ResourcePath, { at, rows }: AccountLook): Promise<void> {
    const listed = [...rows].map(([path, { label, status }]) => [path, label, status]);
    const text = JSON.stringify({ workspace: this.#workspace, account, at, rows: listed });
    return this.#files.put(`${this.#workspace} ${account}`, text);
  }
}

/** @returns undefined for a text that is not of this form, such as that of a later version. */
function parseStored(text: string): v.InferOutput<typeof Stored> | undefined {
  const decoded = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), text);
  return decoded.success ? decoded.output : undefined;
}
