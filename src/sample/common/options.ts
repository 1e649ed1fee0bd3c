/** Options of the sample service. Everything has a default; counts may be 0. */
export interface SampleOptions {
  /** The port on 127.0.0.1; 0 selects a free one. */
  readonly port?: number;
  /** Connections of the organization. Two more are only visible with `includeType`. */
  readonly connections?: number;
  /** Datasets of each connection except the empty one. */
  readonly datasets?: number;
  /** Backfills of each dataset. */
  readonly backfills?: number;
  /** Data views of each connection. */
  readonly dataViews?: number;
  /** Entries of the audit log about each connection and data view. */
  readonly auditEntries?: number;
  /** Batches of each dataset in Experience Platform. */
  readonly batches?: number;
  /** Milliseconds added to every response. */
  readonly latency?: number;
  /** Maximum requests of one user within 6 seconds; 0 is unlimited. */
  readonly rate?: number;
  /** Seconds in the Retry-After header of a 429; 0 omits it. */
  readonly retryAfter?: number;
  /** Another seed creates another organization of the same size. */
  readonly seed?: number;
  /** The time, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Seconds per step of a backfill: queued, running, done. */
  readonly backfillSeconds?: number;
  /** Lifetime of a token in seconds. */
  readonly tokenSeconds?: number;
  /**
   * The keys around a page: those of Adobe's guide, those of Adobe's OpenAPI document, or those that the client cjapy
   * reads, which are the guide's for connections and the document's for data views.
   */
  readonly envelope?: 'guide' | 'spring' | 'mixed';
  /** Maximum items of a page, whatever `limit` requests. */
  readonly maxLimit?: number;
  /** False: the technical account is not a product admin, and gets an empty list of connections. */
  readonly admin?: boolean;
  /** True: the first connections have content that no server should send. */
  readonly hostile?: boolean;
  readonly immuta?: ImmutaOptions;
  /** Connections of the Krenalis workspace. */
  readonly krenalisConnections?: number;
  /** The version of Krenalis: v0.39 is the last with whole numbers as IDs, and its runs have 6 steps instead of 7. */
  readonly krenalisVersion?: 'head' | 'v0.39';
}

/** The options with every default filled in. */
export type ResolvedOptions = Required<SampleOptions>;

/** Fills in the defaults. */
export function resolveOptions(options: SampleOptions): ResolvedOptions {
  return {
    port: 0,
    connections: 40,
    datasets: 6,
    backfills: 8,
    dataViews: 3,
    auditEntries: 12,
    batches: 25,
    latency: 0,
    rate: 12,
    retryAfter: 0,
    seed: 1,
    now: Date.now,
    backfillSeconds: 20,
    tokenSeconds: 86_399,
    envelope: 'guide',
    maxLimit: 1000,
    admin: true,
    hostile: false,
    immuta: {},
    krenalisConnections: 8,
    krenalisVersion: 'head',
    ...options,
  };
}

/**
 * Possible places of the next cursor in a response: Immuta does not document it, so clients have to support
 * all of these.
 */
export const cursorSpellings = [
  'meta.nextCursor',
  'page.nextCursor',
  'page.cursor',
  'nextCursor',
  'next',
  'links.next',
] as const;

/** Its place in Immuta's Marketplace API, and in other APIs. */
export const otherCursorSpellings = ['meta.nextToken', 'pagination.nextCursor', 'nextToken'] as const;

/** `none`: a page has the number of items (`meta.totalCount`), but no cursor. */
export type CursorSpelling =
  (typeof cursorSpellings)[number] | (typeof otherCursorSpellings)[number] | 'none';
/** Options of the Immuta tenant. Everything has a default; counts may be 0. */
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
  /** Tasks of each connection, without the one below the first. */
  readonly tasks?: number;
  /** Runs of each task. */
  readonly runs?: number;
  /** Seconds per step of a run: waiting, running, over. */
  readonly runSeconds?: number;
  /** The only body that a search accepts: the inferred one, or the one published for Immuta's Marketplace API. */
  readonly search?: 'inferred' | 'published';
  /** False: the tenant has not joined the private preview, and lacks these paths. */
  readonly preview?: boolean;
}
