import type { CallOptions, HttpResponse } from '../../../http/types';
import { type RequestPath, requestPath, withQuery } from '../../../http/requestPath';
import type { Transport } from './transport';

/** GET /data/foundation/catalog/batches (guide "Filter Catalog data"). */
export interface BatchQuery {
  readonly dataSet: string;
  readonly orderBy: 'desc:created';
  /** 1 to 100. */
  readonly limit: number;
  /** Number of batches to leave out. */
  readonly start: number;
}

export const catalogPaths = {
  batches: (query: BatchQuery): RequestPath =>
    withQuery(
      requestPath`/data/foundation/catalog/batches`,
      Object.entries(query).map(([name, value]) => [name, String(value)] as const),
    ),
} as const;

/** The operations of the Catalog Service of Adobe Experience Platform, which is another origin than that of CJA. */
export class Catalog {
  /** @param transport sends to Experience Platform. */
  constructor(private readonly transport: Transport) {}

  /** @param sandbox its name, which every request to Experience Platform requires in a header. */
  async batches(query: BatchQuery, sandbox: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.get(catalogPaths.batches(query), call, { 'x-sandbox-name': sandbox });
  }
}
