import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';

/** What connections can be grouped by. */
export const GROUP_KINDS = ['sandbox', 'owner', 'state'] as const;

export type GroupKind = (typeof GROUP_KINDS)[number];

/** The rows of a list, some of them in groups. */
export interface Arrangement {
  /** Rows without a group, and the groups. */
  readonly rows: readonly Resource[];
  /** The connections of each group, by the path of its row. */
  readonly groups: ReadonlyMap<ResourcePath, readonly Resource[]>;
}

/** Puts the rows of a list into groups; undefined if they have nothing to be grouped by. */
export type Arrange = (
  list: ResourcePath,
  rows: readonly Resource[],
  kind: GroupKind,
) => Arrangement | undefined;
