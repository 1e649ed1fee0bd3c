import { parentPath, pathSegments, type ResourcePath } from '../../core/services/contract/path';

/** The kinds that people name to say where something is. */
const HOLDERS = ['dataView', 'connection'] as const;
type HolderKind = (typeof HOLDERS)[number];

/** What holds a resource: the data view of a dimension, the connection of a dataset. */
export interface Holder {
  readonly path: ResourcePath;
  readonly kind: HolderKind;
  readonly id: string;
}

/** The nearest ancestor that says where a resource is; undefined if there is none. */
export function findHolder(path: ResourcePath): Holder | undefined {
  const parent = parentPath(path);
  if (parent === undefined) return undefined;
  const { kind: wanted, id = '' } = pathSegments(parent).at(-1) ?? {};
  const kind = HOLDERS.find((each) => each === wanted);
  return kind ? { path: parent, kind, id } : findHolder(parent);
}
