import * as v from 'valibot';
import { type ResourcePath, getAccountId, parsePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import { statusText } from '../../shared/status';
import type { EntryFiles } from '../../ui/storage/entryFiles';
import type { WindowStorage } from '../../ui/storage/windowStorage';

/** What is remembered of a row: its name and status, as they were shown. */
interface SeenRow {
  readonly label: string;
  /** Empty if it has none. */
  readonly status: string;
}

/** The rows of an account at a moment, in milliseconds since 1970. */
export interface AccountLook {
  readonly at: number;
  readonly rows: ReadonlyMap<ResourcePath, SeenRow>;
}

/** A row that is not as it was. */
export interface RowChange {
  readonly path: ResourcePath;
  /** Undefined for a new one. */
  readonly before: SeenRow | undefined;
  /** Undefined for one that is gone. */
  readonly after: Resource | undefined;
}

export function toLook(resources: readonly Resource[], at: number): AccountLook {
  return { at, rows: new Map(resources.map((resource) => [resource.path, toSeenRow(resource)])) };
}

/** What differs, in the order of the resources, followed by what was removed. A different name is no change. */
export function compareLooks({ rows }: AccountLook, resources: readonly Resource[]): readonly RowChange[] {
  const there = new Set(resources.map(({ path }) => path));
  const changed = resources.flatMap((after): readonly RowChange[] => {
    const before = rows.get(after.path);
    return before?.status === toSeenRow(after).status ? [] : [{ path: after.path, before, after }];
  });
  const gone = [...rows].flatMap(([path, before]): readonly RowChange[] =>
    there.has(path) ? [] : [{ path, before, after: undefined }],
  );
  return [...changed, ...gone];
}

/** True if both are of the same rows. */
export function isSameLook(a: AccountLook, b: AccountLook): boolean {
  if (a.rows.size !== b.rows.size) return false;
  return [...a.rows].every(([path, { label, status }]) => {
    const other = b.rows.get(path);
    return other?.label === label && other.status === status;
  });
}

function toSeenRow({ label, status }: Resource): SeenRow {
  return { label: plainText(label), status: status ? statusText(status) : '' };
}

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
