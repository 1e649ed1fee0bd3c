import type { ImmutaOptions, ResolvedOptions } from '../common/options';

/** The tenant's options with all defaults, and the options that all services share. */
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
