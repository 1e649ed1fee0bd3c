import type { CallOptions, HttpResponse } from '../../http/client';
import { HttpError } from '../../http/errors';
import { isAddressable, type RequestPath, requestPath, withQuery } from '../../http/requestPath';
import { withoutRefused } from './expansions';
import {
  type BackfillQuery,
  type ConfigurationQuery,
  type ConnectionByIdQuery,
  type ConnectionQuery,
  type DataViewQuery,
  parametersOf,
} from './parameters';
import type { Transport } from './transport';

/** The paths of the operations, for requests and for `Copy as cURL`. Ids are encoded. */
export const paths = {
  connections: (query: ConnectionQuery): RequestPath =>
    withQuery(requestPath`/data/connections`, parametersOf(query)),
  connection: (id: string, query: ConnectionByIdQuery): RequestPath =>
    withQuery(requestPath`/data/connections/${id}`, parametersOf(query)),
  backfills: (id: string, datasetId: string, query: BackfillQuery): RequestPath =>
    withQuery(requestPath`/data/connections/${id}/datasets/${datasetId}/backfills`, parametersOf(query)),
  configurationSettings: (query: ConfigurationQuery): RequestPath =>
    withQuery(requestPath`/data/connections/configurationSettings`, parametersOf(query)),
  dataViews: (query: DataViewQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews`, parametersOf(query)),
  dataView: (id: string, query: DataViewQuery): RequestPath =>
    withQuery(requestPath`/data/dataviews/${id}`, parametersOf(query)),
  /** The older path, which the guide names. */
  oldDataViews: (query: DataViewQuery): RequestPath =>
    withQuery(requestPath`/datagroups/dataviews`, parametersOf(query)),
} as const;

/**
 * The operations of the Adobe CJA API. Each gives the answer as it came;
 * each throws HttpError, and the signal's reason.
 */
export class Operations {
  readonly #transport: Transport;
  /** What the service turned down before is not asked for again: one entry a request shape. */
  readonly #refused = new Map<string, readonly string[]>();
  #dataViewsPath: 'dataViews' | 'oldDataViews' = 'dataViews';

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** GET /data/connections. An expansion that the service refuses is left out. */
  async connections(query: ConnectionQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#expanded(query, (expansion) =>
      this.#transport.get(paths.connections({ ...query, expansion }), call),
    );
  }

  /**
   * GET /data/connections/{id}. An expansion that the service refuses is left out. Sources differ on whether the id
   * has its prefix `dg_` here, so a 404 is followed by one request in the other form (inference).
   */
  async connection(id: string, query: ConnectionByIdQuery, call: CallOptions): Promise<HttpResponse> {
    const get = (form: string): Promise<HttpResponse> =>
      this.#expanded(query, (expansion) =>
        this.#transport.get(paths.connection(form, { ...query, expansion }), call),
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
    return this.#transport.get(paths.backfills(id, datasetId, query), call);
  }

  /** GET /data/connections/configurationSettings: the data source types. */
  async configurationSettings(query: ConfigurationQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#transport.get(paths.configurationSettings(query), call);
  }

  /** GET /configuration/users/me, and where that is unknown GET /aresconfig/users/me. */
  me(call: CallOptions): Promise<HttpResponse> {
    return orOn404(
      () => this.#transport.get(requestPath`/configuration/users/me`, call),
      () => this.#transport.get(requestPath`/aresconfig/users/me`, call),
    );
  }

  /** GET /data/dataviews, and where that is unknown, from then on, GET /datagroups/dataviews. */
  dataViews(query: DataViewQuery, call: CallOptions): Promise<HttpResponse> {
    const get = (): Promise<HttpResponse> => this.#transport.get(paths[this.#dataViewsPath](query), call);
    return orOn404(get, () => {
      this.#dataViewsPath = 'oldDataViews';
      return get();
    });
  }

  /** GET /data/dataviews/{id} (guide "GET a single data view"). */
  async dataView(id: string, query: DataViewQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#transport.get(paths.dataView(id, query), call);
  }

  /**
   * POST /data/dataviews, and where that is unknown, from then on, POST /datagroups/dataviews. A 404 says that nothing
   * was made, so the second request repeats nothing.
   */
  createDataView(body: string, call: CallOptions): Promise<HttpResponse> {
    const post = (): Promise<HttpResponse> =>
      this.#transport.post(paths[this.#dataViewsPath]({}), body, call);
    return orOn404(post, () => {
      this.#dataViewsPath = 'oldDataViews';
      return post();
    });
  }

  async #expanded(
    { expansion: wanted = [] }: { readonly expansion?: readonly string[] | undefined },
    get: (expansion: readonly string[]) => Promise<HttpResponse>,
  ): Promise<HttpResponse> {
    const key = wanted.join(',');
    const expansion = this.#refused.get(key) ?? wanted;
    try {
      return await get(expansion);
    } catch (error) {
      const fewer =
        error instanceof HttpError && error.status === 400
          ? withoutRefused(expansion, error.message)
          : undefined;
      if (fewer === undefined) throw error;
      const response = await get(fewer);
      // Kept only after it helped: the refusal may have meant something else.
      this.#refused.set(key, fewer);
      return response;
    }
  }
}

/** The outcome of `other` where `first` is answered 404; where that fails too, the first failure counts. */
async function orOn404<T>(first: () => Promise<T>, other: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 404) throw error;
    return other().catch((second: unknown) => {
      throw second instanceof HttpError && second.status === 404 ? error : second;
    });
  }
}
