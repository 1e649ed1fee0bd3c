import { day, isoDate } from '../common/dates';
import { drawUuid } from '../common/random';
import type { Connection } from './connection';
import type { Json } from './json';
import type { TenantOptions } from './options';

/** The levels of the hierarchy, from the top (Immuta's "connections overview"). */
const levels = ['HOST', 'DATABASE', 'SCHEMA', 'TABLE'] as const;

/** What each technology calls a level. */
const platformTypes = {
  Databricks: ['metastore', 'catalog', 'schema', 'table'],
  Snowflake: ['account', 'database', 'schema', 'table'],
} as const;

const words = [
  ['host'],
  ['analytics', 'raw'],
  ['orders', 'people', 'events'],
  ['daily', 'monthly', 'customers', 'items', 'visits', 'regions'],
] as const;

/** An object of the data platform, as a connection knows it. */
export interface DataObject {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly level: number;
  readonly remoteId: string;
  readonly updatedAt: number;
}

/** The data objects of one connection, created on demand. */
export class Catalog {
  readonly #objects = new Map<string, DataObject>();

  constructor(
    private readonly options: TenantOptions,
    private readonly connection: Connection,
  ) {
    this.#grow(undefined, []);
  }

  get(id: string): DataObject | undefined {
    return this.#objects.get(id);
  }

  /** Objects of a level (`TABLE`, case-insensitive), or all if it is undefined. */
  search(type: string | undefined): readonly DataObject[] {
    const wanted = type?.toUpperCase();
    return [...this.#objects.values()].filter(
      ({ level }) => wanted === undefined || levels[level] === wanted,
    );
  }

  /** The children of an object. A hostile tenant includes the object itself among those of a schema. */
  children(id: string): readonly DataObject[] {
    const parent = this.get(id);
    const children = [...this.#objects.values()].filter(({ parentId }) => parentId === id);
    return this.options.hostile && parent?.level === 2 ? [parent, ...children] : children;
  }

  /** @returns the object with its new name. */
  rename(object: DataObject, name: string): DataObject {
    const renamed = { ...object, name, updatedAt: this.options.now() };
    this.#objects.set(object.id, renamed);
    return renamed;
  }

  /** Removes an object and all its descendants. */
  remove(id: string): void {
    for (const { id: child, parentId } of [...this.#objects.values()])
      if (parentId === id) this.remove(child);
    this.#objects.delete(id);
  }

  /** All documented fields. */
  render({ id, name, level, remoteId, updatedAt }: DataObject): Json {
    const { key, technology, createdBy, createdAt } = this.connection;
    const type = platformTypes[technology][level] ?? 'table';
    return {
      id,
      name,
      type,
      normalizedType: levels[level] ?? 'TABLE',
      technology,
      remoteId,
      ...(level === 3 && { remoteType: 'MANAGED', remoteFormat: 'delta', remoteKind: 'TABLE_DELTA' }),
      remoteCreatedAt: isoDate(createdAt - day),
      lastSyncedAt: isoDate(updatedAt),
      connectionKey: key,
      createdBy,
      createdAt: isoDate(createdAt),
      updatedBy: createdBy,
      updatedAt: isoDate(updatedAt),
    };
  }

  #grow(parent: DataObject | undefined, position: readonly number[]): void {
    const { databases, schemas, tables, seed } = this.options;
    const level = position.length;
    const count = [1, databases, schemas, tables][level] ?? 0;
    for (let place = 0; place < count; place++) {
      const here = [...position, place];
      const known = words[level] ?? words[3];
      const name = `${known[place % known.length] ?? 'table'}${place < known.length ? '' : `_${place}`}`;
      const object: DataObject = {
        id: drawUuid(seed, 'dataObject', this.connection.index, ...here),
        parentId: parent?.id,
        name: level === 0 ? `${this.connection.key}.example` : name,
        level,
        remoteId: parent === undefined ? 'root' : `${parent.remoteId}.${name}`,
        updatedAt: this.connection.updatedAt,
      };
      this.#objects.set(object.id, object);
      this.#grow(object, here);
    }
  }
}
