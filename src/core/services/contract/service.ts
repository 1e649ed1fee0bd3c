import type { HttpClientFactory, CallOptions } from '../../http/types';
import type { DetailViews, Logs, Reports } from './detailViews';
import type { Runs } from './runs';
import type { Resource } from './resource';
import type { Page, PageRequest } from './page';
import type { Account, Choice, Identity, Secrets, SignIn } from './signIn';
import type { GetActions, Verb } from './action';
import type { Property, Glossary, RequestTemplate, GlossaryTerm, ResourceFacts } from './properties';

/** How to normalize JSON of a service before comparing it: names of members, at any level. */
export interface CanonicalJsonOptions {
  /** Set by the service: dates, authors, counts, runs. */
  readonly volatileKeys: readonly string[];
  /** Members that identify list items, most likely first. */
  readonly idKeys: readonly string[];
}

/**
 * What a service offers for some of its resources: the verbs of its actions, and the optional parts of its sessions.
 * Known without a session, so that the palette need not wait for one.
 */
export type Capability = Verb | 'backfills' | 'runs' | 'shortIds';

/** A group of resources below a connection. */
interface InventoryGroup {
  /** The ID of the group's row. */
  readonly id: string;
  readonly title: string;
}

/**
 * A kind of remote system. The registry has one object for each. Its texts are functions, because the language is not
 * known when its module is loaded.
 */
export interface Service {
  readonly id: string;
  readonly title: string;
  /** A codicon that distinguishes its accounts from those of other services. */
  readonly icon: string;
  /** Lists that explain words of the service. Absent: none. */
  readonly glossaries?: () => readonly Glossary[];
  readonly capabilities: readonly Capability[];
  /** Groups below connections that an inventory includes on request, because each costs a request. Absent: none. */
  readonly inventoryGroups?: () => readonly InventoryGroup[];
  /** True if its long lists are paged, with a configurable page size. */
  readonly hasPages: boolean;
  /**
   * Matches whole IDs of the service, if they can be distinguished from other text. Absent: only IDs of loaded
   * resources are recognized.
   */
  readonly idPattern?: RegExp;
  /**
   * Whether the list of an account, once it is complete, has every connection with an ID of this form. Absent, or
   * undefined for an ID that names something else: unknown.
   * @param settings those of the account, which may limit its list.
   */
  isListed?(id: string, settings: Account['settings']): boolean | undefined;
  readonly canonicalJson: CanonicalJsonOptions;
  /** Loads what only an account's form and its session need, so that activation does not. */
  loadSignIn(): Promise<SignIn>;
  /**
   * Opens a session, lazily loading the code of the service. Sends no request.
   * @throws HttpError kind `rejected` if settings or secrets are unusable.
   */
  connect(account: Account, secrets: Secrets, http: HttpClientFactory): Promise<Session>;
}

/** A service whose sign-in is loaded. */
export interface LoadedService extends Service, SignIn {}

/**
 * An open account. Every method that sends requests takes the caller's signal and priority, and throws HttpError (see
 * `core/http/errors.ts`) or the signal's reason.
 */
export interface Session {
  /** Verifies the credentials with one or two cheap requests. */
  verify(call: CallOptions): Promise<Identity>;
  /**
   * The values that a `listed` field of the sign-in can have with these credentials. An empty value means leaving the
   * field empty. Called on a session whose account lacks that field.
   */
  choices?(fieldKey: string, call: CallOptions): Promise<readonly Choice[]>;
  /** One page of the children of `parent`, which is the account for the top level. */
  children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page>;
  /**
   * The JSON of a resource, exactly as the service sent it: key order and spelling of numbers are kept.
   * @param onPart as `CallOptions.onPart`, if the whole response is the JSON of the resource.
   */
  read(resource: Resource, call: CallOptions, onPart?: CallOptions['onPart']): Promise<string>;
  findConnectionsByDataset?(
    account: Resource,
    datasetId: string,
    call: CallOptions,
  ): Promise<readonly Resource[]>;
  /**
   * The connections of the account whose name or ID the service finds for a text, as the tree has them, best first: one
   * request, and not more than a person looks through. Absent if the service has no such search, or if the account's
   * settings filter connections in a way that the search cannot.
   */
  searchConnections?(account: Resource, text: string, call: CallOptions): Promise<readonly Resource[]>;
  /**
   * The resources of the account with that ID, which are not loaded. Only called for IDs that match
   * `Service.idPattern`; sends as few requests as possible. Empty if there is none.
   */
  findById?(account: Resource, id: string, call: CallOptions): Promise<readonly Resource[]>;
  /** The terms of a glossary of the service; absent if it has none. */
  glossaryTerms?(glossaryId: string, call: CallOptions): Promise<readonly GlossaryTerm[]>;
  /** Properties for tooltips and the panel, most important first. Sends no request. */
  properties(resource: Resource): readonly Property[];
  /** Times and counts of a resource, for exports. Absent if the service reports none. Sends no request. */
  facts?(resource: Resource): ResourceFacts;
  /** The address of the resource in the service's web interface, built from constants and percent-encoded IDs. */
  webLink(resource: Resource): string | undefined;
  /**
   * The request that reads the resource, for "Copy as cURL".
   * @throws HttpError `rejected` if an ID cannot be part of an address.
   */
  requestTemplate(resource: Resource): RequestTemplate | undefined;
  /** True if datasets have backfills, whose status can be refreshed. */
  readonly hasBackfills?: boolean;
  /** Lists the actions of a resource. Absent if the service is read-only. */
  readonly actions?: GetActions;
  readonly detailViews?: DetailViews;
  /** Absent if the service tells nothing more of its resources. */
  readonly reports?: Reports;
  /** Absent if the service keeps no logs. */
  readonly logs?: Logs;
  /** Absent if the service has no runs. */
  readonly runs?: Runs;
  /** The short form of a connection's ID, which is a part of it, if it has one; absent if IDs have only one form. */
  shortId?(resource: Resource): string | undefined;
  /** Forgets tokens and cancels requests. */
  dispose(): void;
}

/** A session with some of its optional members. */
export type SessionWith<Part extends keyof Session> = Session & Required<Pick<Session, Part>>;
