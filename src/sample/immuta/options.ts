import type { ResolvedOptions } from '../options';

/** Where an answer names the next cursor: Immuta does not document it, so a client has to understand all of these. */
export const cursorSpellings = [
  'meta.nextCursor',
  'page.nextCursor',
  'page.cursor',
  'nextCursor',
  'next',
  'links.next',
] as const;

/** Where Immuta's Marketplace API names it, and where others do. */
export const otherCursorSpellings = ['meta.nextToken', 'pagination.nextCursor', 'nextToken'] as const;

/** `none`: a page says how many items there are (`meta.totalCount`), and not how to get at them. */
export type CursorSpelling =
  (typeof cursorSpellings)[number] | (typeof otherCursorSpellings)[number] | 'none';

/** How the Immuta tenant is to be. Everything has a default; counts may be 0. */
export interface ImmutaOptions {
  readonly cursor?: CursorSpelling;
  /** The key of a list: its own name, or the same for all lists. */
  readonly listKey?: 'own' | 'data' | 'items';
  /** Databases of each connection's host. */
  readonly databases?: number;
  /** Schemas of each database. */
  readonly schemas?: number;
  /** Tables of each schema. */
  readonly tables?: number;
  /** Tasks of each connection, without the one that hangs below the first. */
  readonly tasks?: number;
  /** Runs of each task. */
  readonly runs?: number;
  /** Seconds for one step of a run: waiting, running, over. */
  readonly runSeconds?: number;
  /** The only body that a search takes: the inferred one, or the one published for Immuta's Marketplace API. */
  readonly search?: 'inferred' | 'published';
  /** False: the tenant has not joined the private preview, and knows no such paths. */
  readonly preview?: boolean;
}

/** The tenant's options with every default filled in, and those that all services share. */
export type TenantOptions = Required<ImmutaOptions> &
  Pick<ResolvedOptions, 'connections' | 'seed' | 'now' | 'hostile'>;

/** Fills in the defaults. */
export function tenantOptions({ connections, seed, now, hostile, immuta }: ResolvedOptions): TenantOptions {
  return {
    cursor: 'meta.nextCursor',
    listKey: 'own',
    databases: 2,
    schemas: 3,
    tables: 8,
    tasks: 3,
    runs: 4,
    runSeconds: 10,
    search: 'inferred',
    preview: true,
    ...immuta,
    connections,
    seed,
    now,
    hostile,
  };
}
