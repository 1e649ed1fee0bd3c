import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import { statusText } from '../../shared/status';

/** What is remembered of a row: its name and status, as they were shown. */
export interface SeenRow {
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
