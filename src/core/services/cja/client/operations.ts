import type { HttpResponse, CallOptions } from '../../../http/types';
import { isAddressable, type RequestPath, requestPath, withQuery } from '../../../http/requestPath';
import { Fallback, orOn404 } from '../../common/fallback';
import {
  type AuditLogQuery,
  type BackfillQuery,
  type ComponentQuery,
  type ConfigurationQuery,
  type ConnectionByIdQuery,
  type ConnectionQuery,
  type ConnectionSearchQuery,
  type DataViewQuery,
  toParameters,
} from './parameters';
import { Refusals } from './expansions';
import { withoutComponentPrefix } from './schemas';
import type { Transport } from './transport';

/** What a data view consists of: Adobe calls them components. */
export type ComponentKind = 'dimension' | 'metric';

/** The paths of the operations, for requests and for "Copy as cURL". IDs are encoded. */
export const paths = {
  connections: (query: ConnectionQuery): RequestPath =>
    withQuery(requestPath`/data/connections`, toParameters(query)),
  connection: (id: string, query: ConnectionByIdQuery): RequestPath =>
    withQuery(requestPath`/data/connections/${id}`, toParameters(query)),
  connectionSearch: (query: ConnectionSearchQuery): RequestPath =>
    withQuery(requestPath`/data/connections/search`, toParameters(query)),
  backfills: (id: string, datasetId: string, query: BackfillQuery): RequestPath =>
    withQuery(requestPath`/data/connections/${id}/datasets/${datasetId}/backfills`, toParameters(query)),
  configurationSettings: (query: ConfigurationQuery): RequestPath =>
    withQuery(requestPath`/data/connections/configurationSettings`, toParameters(query)),
  dataViews: (query: DataViewQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews`, toParameters(query)),
  dataView: (id: string, query: DataViewQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/${id}`, toParameters(query)),
  dataViewCopy: (id: string, query: DataViewQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/copy/${id}`, toParameters(query)),
  dimensions: (id: string, query: ComponentQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/${id}/dimensions`, toParameters(query)),
  metrics: (id: string, query: ComponentQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/${id}/metrics`, toParameters(query)),
  /** @param name the ID without its prefix (OpenAPI). */
  dimension: (id: string, name: string, query: ComponentQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/${id}/dimensions/${name}`, toParameters(query)),
  metric: (id: string, name: string, query: ComponentQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/${id}/metrics/${name}`, toParameters(query)),
  /** The ID with its prefix, which is a segment of its own (guide). */
  prefixedDimension: (id: string, name: string, query: ComponentQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/${id}/dimensions/variables/${name}`, toParameters(query)),
  prefixedMetric: (id: string, name: string, query: ComponentQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/${id}/metrics/metrics/${name}`, toParameters(query)),
  dataViewValidation: (): RequestPath => requestPath`/data/dataviews/validate`,
  auditLogs: (query: AuditLogQuery): RequestPath =>
    withQuery(requestPath`/auditlogs/api/v1/auditlogs`, toParameters(query)),
  /** The older path, which the guide uses. */
  oldDataViews: (query: DataViewQuery): RequestPath =>
    withQuery(requestPath`/datagroups/dataviews`, toParameters(query)),
} as const;

/** The paths of components, by kind: those of a data view, one by its name alone, and one by its whole ID. */
export const componentPaths = {
  dimension: { all: paths.dimensions, named: paths.dimension, prefixed: paths.prefixedDimension },
  metric: { all: paths.metrics, named: paths.metric, prefixed: paths.prefixedMetric },
} as const;

/**
 * The operations of the Adobe CJA API. Each returns the response as received, and throws HttpError and the signal's
 * reason.
 */
export class Operations {
  readonly #refusals: Refusals;
  readonly #dataViewsPath: Fallback<'dataViews' | 'oldDataViews'>;
  readonly #componentPath: Fallback<'named' | 'prefixed'>;

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly transport: Transport,
    now: () => number = Date.now,
  ) {
    this.#refusals = new Refusals(now);
    this.#dataViewsPath = new Fallback(['dataViews', 'oldDataViews'], now);
    this.#componentPath = new Fallback(['named', 'prefixed'], now);
  }

  /** GET /data/connections. Leaves out expansions that the service rejects. */
  async connections(query: ConnectionQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#refusals.ask('connections', query.expansion ?? [], (expansion) =>
      this.transport.get(paths.connections({ ...query, expansion }), call),
    );
  }

  /** GET /data/connections/search. Leaves out expansions that the service rejects. */
  async searchConnections(query: ConnectionSearchQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#refusals.ask('connectionSearch', query.expansion ?? [], (expansion) =>
      this.transport.get(paths.connectionSearch({ ...query, expansion }), call),
    );
  }

  /**
   * GET /data/connections/{id}. Leaves out expansions that the service rejects. Sources differ on whether the ID has
   * its prefix `dg_` here, so a 404 is followed by one request in the other form (inference).
   */
  async connection(id: string, query: ConnectionByIdQuery, call: CallOptions): Promise<HttpResponse> {
    const get = (form: string): Promise<HttpResponse> =>
      this.#refusals.ask('connection', query.expansion ?? [], (expansion) =>
        this.transport.get(paths.connection(form, { ...query, expansion }), call),
      );
    const other = id.startsWith('dg_') ? id.slice(3) : `dg_${id}`;
    return isAddressable(other)
      ? orOn404(
          () => get(id),
          () => get(other),
        )
      : get(id);
  }

  /** GET /data/connections/{id}/datasets/{datasetId}/backfills. */
  async backfills(
    id: string,
    datasetId: string,
    query: BackfillQuery,
    call: CallOptions,
  ): Promise<HttpResponse> {
    return this.transport.get(paths.backfills(id, datasetId, query), call);
  }

  /** GET /data/connections/configurationSettings: the data source types. */
  async configurationSettings(query: ConfigurationQuery, call: CallOptions): Promise<HttpResponse> {
    return this.transport.get(paths.configurationSettings(query), call);
  }

  /** GET /configuration/users/me, or GET /aresconfig/users/me if that is unknown. */
  me(call: CallOptions): Promise<HttpResponse> {
    return orOn404(
      () => this.transport.get(requestPath`/configuration/users/me`, call),
      () => this.transport.get(requestPath`/aresconfig/users/me`, call),
    );
  }

  /**
   * GET /data/dataviews, or GET /datagroups/dataviews if that is unknown. Leaves out expansions that the service
   * rejects.
   */
  dataViews(query: DataViewQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#dataViewsPath.ask((path) =>
      this.#refusals.ask(path, query.expansion ?? [], (expansion) =>
        this.transport.get(paths[path]({ ...query, expansion }), call),
      ),
    );
  }

  /** GET /data/dataviews/{id} (guide "GET a single data view"). Leaves out expansions that the service rejects. */
  async dataView(id: string, query: DataViewQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#refusals.ask('dataView', query.expansion ?? [], (expansion) =>
      this.transport.get(paths.dataView(id, { ...query, expansion }), call),
    );
  }

  /**
   * GET /data/dataviews/{id}/dimensions, or …/metrics. Leaves out expansions that the service rejects.
   */
  async components(
    kind: ComponentKind,
    dataViewId: string,
    query: ComponentQuery,
    call: CallOptions,
  ): Promise<HttpResponse> {
    return this.#refusals.ask(`${kind}s`, query.expansion ?? [], (expansion) =>
      this.transport.get(componentPaths[kind].all(dataViewId, { ...query, expansion }), call),
    );
  }

  /**
   * GET /data/dataviews/{id}/dimensions/{dimensionId}, or …/metrics/{metricId}. Leaves out expansions that the service
   * rejects. OpenAPI wants the ID without its prefix, and the guide has it with, so a 404 is followed by one request in
   * the other form.
   */
  async component(
    kind: ComponentKind,
    dataViewId: string,
    id: string,
    query: ComponentQuery,
    call: CallOptions,
  ): Promise<HttpResponse> {
    const name = withoutComponentPrefix(id);
    return this.#componentPath.ask((form) =>
      this.#refusals.ask(kind, query.expansion ?? [], (expansion) =>
        this.transport.get(componentPaths[kind][form](dataViewId, name, { ...query, expansion }), call),
      ),
    );
  }

  /**
   * POST /data/dataviews, or POST /datagroups/dataviews if that is unknown. A 404 means that nothing was created, so
   * the second request repeats nothing.
   */
  createDataView(body: string, call: CallOptions): Promise<HttpResponse> {
    return this.#dataViewsPath.ask((path) => this.transport.write('POST', paths[path]({}), body, call));
  }

  /** POST /data/dataviews/validate: checks a data view without changing anything. */
  async validateDataView(body: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.ask(paths.dataViewValidation(), body, call);
  }

  /** PUT /data/dataviews/{id}, with the members to change (guide "PUT modify a data view"). */
  async modifyDataView(id: string, body: string, call: CallOptions): Promise<HttpResponse> {
    const query = { expansion: ['name', 'modified'] };
    return this.transport.write('PUT', paths.dataView(id, query), body, call);
  }

  /** PUT /data/dataviews/copy/{id} (guide "PUT copy a data view"). */
  async copyDataView(id: string, call: CallOptions): Promise<HttpResponse> {
    const query = { expansion: ['name'] };
    return this.transport.write('PUT', paths.dataViewCopy(id, query), undefined, call);
  }

  /** GET /auditlogs/api/v1/auditlogs: newest entries first (guide "CJA Audit Logs"). */
  async auditLogs(query: AuditLogQuery, call: CallOptions): Promise<HttpResponse> {
    return this.transport.get(paths.auditLogs(query), call);
  }

  /** DELETE /data/dataviews/{id}. */
  async deleteDataView(id: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.write('DELETE', paths.dataView(id, {}), undefined, call);
  }
}
