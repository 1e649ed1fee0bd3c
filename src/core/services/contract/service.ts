import type { HttpClientFactory, CallOptions } from '../../http/types';
import type { DetailViews } from './detailViews';
import type { Runs } from './runs';
import type { Resource } from './resource';
import type { Page, PageRequest } from './page';
import type { Account, Choice, Field, Identity, Secrets, SignInMethod } from './signIn';
import type { ActionsOf } from './action';
import type { Property, Glossary, RequestTemplate, GlossaryTerm } from './properties';

/** How JSON of a service is made alike, so that two texts can be compared. Names of members, at any level. */
export interface CanonicalJsonOptions {
  /** What the service sets by itself: dates, authors, counts, runs. */
  readonly volatileKeys: readonly string[];
  /** What names the items of a list, the likeliest first. */
  readonly idKeys: readonly string[];
}

/** A kind of remote system. The registry holds one of each. */
export interface Service {
  readonly id: string;
  readonly title: string;
  readonly signIn: readonly SignInMethod[];
  /** Optional settings that are not part of signing in, such as the tenant for links. */
  readonly options: readonly Field[];
  readonly glossaries: readonly Glossary[];
  /** True where its long lists come in pages, whose size can be chosen. */
  readonly hasPages: boolean;
  /**
   * What an id of the service looks like, whole, where it can be told from other text. Absent: its ids are known only
   * where they are loaded.
   */
  readonly idPattern?: RegExp;
  readonly canonicalJson: CanonicalJsonOptions;
  /**
   * The origins that an account's secrets, and the tokens made from them, are sent to. Sessions send requests to no
   * other. All settings of a service give the same number of origins, each position with a purpose of its own, so
   * lists that are equal send each secret to the same places.
   * @throws HttpError kind `rejected` if an address in the settings is unusable.
   */
  origins(settings: Readonly<Record<string, string>>): readonly string[];
  /**
   * Opens a session, loading what it needs of the extension first. Makes no request.
   * @throws HttpError kind `rejected` where settings or secrets are unusable.
   */
  connect(account: Account, secrets: Secrets, http: HttpClientFactory): Promise<Session>;
}

/**
 * A signed-in account. Every method that asks the service takes the caller's signal and priority,
 * and throws HttpError (see `core/http/errors.ts`) or the signal's reason.
 */
export interface Session {
  /** Proves that the credentials work, by one or two cheap requests. */
  verify(call: CallOptions): Promise<Identity>;
  /**
   * The values that a `listed` field of the sign-in may have with these credentials. An empty value is for leaving the
   * field empty. Asked of a session whose account lacks that field.
   */
  choices?(fieldKey: string, call: CallOptions): Promise<readonly Choice[]>;
  /** One page of what lies below `parent`, which is the account itself at the top. */
  children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page>;
  /**
   * The resource's JSON, exactly as the service sent it: key order and number spelling are kept.
   * @param onFirstChunk called as of `CallOptions`, where the whole answer is the JSON of the resource.
   */
  read(resource: Resource, call: CallOptions, onFirstChunk?: CallOptions['onFirstChunk']): Promise<string>;
  /** The connections that use a dataset, by dataset id. */
  findConnectionsByDataset?(
    account: Resource,
    datasetId: string,
    call: CallOptions,
  ): Promise<readonly Resource[]>;
  /**
   * The resources of the account with that id, which are not loaded. Asked only for ids of the service's own form
   * (`Service.idForm`), with the fewest requests; empty where there is none.
   */
  findById?(account: Resource, id: string, call: CallOptions): Promise<readonly Resource[]>;
  /** The words of a glossary of the service; absent where it has none. */
  glossaryTerms?(glossaryId: string, call: CallOptions): Promise<readonly GlossaryTerm[]>;
  /** Rows for tooltips and the panel, most important first. Makes no request. */
  properties(resource: Resource): readonly Property[];
  /** The page of the service's own UI, built from our own constants and percent-encoded ids. */
  webLink(resource: Resource): string | undefined;
  /**
   * The request that reads the resource, for `Copy as cURL`.
   * @throws HttpError `rejected` where an id in it can be part of no address.
   */
  requestTemplate(resource: Resource): RequestTemplate | undefined;
  /** True where datasets are filled by backfills, whose status can be read again. */
  readonly hasBackfills?: boolean;
  /** Lists the actions of a resource. Absent if the service is read-only. */
  readonly actions?: ActionsOf;
  /** What belongs into the picture of a resource. */
  readonly detailViews?: DetailViews;
  /** Work that takes time; absent where the service has none. */
  readonly runs?: Runs;
  /** The id in the service's shorter form, where it has one; absent where ids have one form alone. */
  shortId?(resource: Resource): string | undefined;
  /** Forgets tokens and stops what is under way. */
  dispose(): void;
}

/** A session that has some of the optional parts. */
export type SessionWith<Part extends keyof Session> = Session & Required<Pick<Session, Part>>;
