import type { PageRequest } from '../../contract/page';

/** The query parameters of the operations, as documented. All are optional. */

/** GET /data/connections (guide "GET all connections"). */
export interface ConnectionQuery {
  readonly dataSetIds?: readonly string[] | undefined;
  readonly connectionIds?: readonly string[] | undefined;
  readonly sandboxId?: string | undefined;
  readonly sandboxName?: string | undefined;
  readonly expansion?: readonly string[] | undefined;
  /** `systemUserOwned`, `disabled` or both (OpenAPI). */
  readonly includeType?: readonly string[] | undefined;
  /** False bypasses the service's own cache; defaults to true (OpenAPI). */
  readonly cached?: boolean | undefined;
  readonly locale?: string | undefined;
  readonly limit?: number | undefined;
  readonly page?: number | undefined;
  readonly sortDirection?: SortDirection | undefined;
  readonly sortProperty?: 'modifiedDate' | 'id' | undefined;
}

/** GET /data/connections/search (OpenAPI since 2024-09; the guide does not have it). */
export interface ConnectionSearchQuery {
  /** A name or ID. */
  readonly query: string;
  readonly expansion?: readonly string[] | undefined;
  readonly locale?: string | undefined;
  readonly limit?: number | undefined;
  readonly page?: number | undefined;
}

/** GET /data/connections/{id} (guide "GET connection by ID"). */
export interface ConnectionByIdQuery {
  readonly expansion?: readonly string[] | undefined;
  readonly locale?: string | undefined;
}

/** GET /data/connections/{id}/datasets/{datasetId}/backfills (guide "GET backfills"). */
export interface BackfillQuery {
  /** `inProgress`, `completed`, `failed`: camel case in requests, upper snake case in answers. */
  readonly includeStatus?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly page?: number | undefined;
  readonly sortDirection?: SortDirection | undefined;
  readonly sortProperty?: 'createdDate' | undefined;
}

/** GET /data/dataviews (OpenAPI). */
export interface DataViewQuery {
  readonly parentDataGroupId?: string | undefined;
  readonly expansion?: readonly string[] | undefined;
  /** False bypasses the service's own cache; defaults to true. */
  readonly cached?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly page?: number | undefined;
}

/** GET /data/dataviews/{id}/dimensions and …/metrics (guide, OpenAPI). */
export interface ComponentQuery {
  /** `hidden`: those that are hidden in reporting too (OpenAPI). */
  readonly includeType?: readonly 'hidden'[] | undefined;
  readonly locale?: string | undefined;
  readonly expansion?: readonly string[] | undefined;
  /** From 0. Not documented, but sent by cjapy, and the answers count pages. */
  readonly page?: number | undefined;
}

/** GET /data/connections/configurationSettings (guide "GET data source types"). */
export interface ConfigurationQuery {
  readonly locale?: string | undefined;
}

/** The components whose audit log is read. */
export type AuditedComponent = 'CONNECTION' | 'DATA_VIEW';

/** GET /auditlogs/api/v1/auditlogs (guide "CJA Audit Logs"). */
export interface AuditLogQuery {
  readonly component: AuditedComponent;
  readonly componentId: string;
  /** Default: 100. */
  readonly pageSize: number;
  /** The first page is 0. */
  readonly pageNumber: number;
}

/** The parameter `cached` of a list: fresh data is not taken from the service's own cache. */
export function cachedParameter({ bypassCache }: Pick<PageRequest, 'bypassCache'>): false | undefined {
  return bypassCache ? false : undefined;
}

type SortDirection = 'ASC' | 'DESC';

export type Query =
  | ConnectionQuery
  | ConnectionSearchQuery
  | ConnectionByIdQuery
  | BackfillQuery
  | DataViewQuery
  | ComponentQuery
  | AuditLogQuery
  | ConfigurationQuery;

/**
 * Serializes a query: lists joined by commas (OpenAPI: style form, explode false), absent parameters and empty lists
 * left out.
 */
export function toParameters(query: Query): readonly (readonly [string, string])[] {
  const entries: [string, unknown][] = Object.entries(query);
  return entries.flatMap(([name, value]): [string, string][] => {
    const text = Array.isArray(value) ? value.join(',') : parameterText(value);
    return text === '' ? [] : [[name, text]];
  });
}

function parameterText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
