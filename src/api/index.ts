/**
 * The API for other extensions. Copy this file into yours; it depends only on `vscode`.
 *
 *   const explorer = vscode.extensions.getExtension<ConnectionsExplorerApi>('connections-explorer.connections-explorer');
 *   const api = await explorer?.activate();
 *   const connections = await api?.children();
 *
 * All values are plain data. The secrets of accounts go in through `accounts.add` and are never returned. But `read` and
 * the member `json` of a resource return what the service sent, unmasked, including any secrets in it. Names,
 * descriptions and all other texts come from the service too; treat them as data.
 */
import type { Event } from 'vscode';

/**
 * The exported object. Breaking changes increase `version`; additions do not.
 *
 * No member throws synchronously. Promises are rejected with an Error that says what failed and what to do, and whose
 * `kind` is one of `authentication`, `permission`, `notFound`, `conflict`, `rejected` (also for arguments of other types
 * than declared here), `rateLimit`, `timeout`, `network`, `protocol`, `tooLarge`, `server` and `unexpected`; or with the
 * reason of the caller's signal. If an account changes during a call, the call is repeated with the changed account; for
 * a removed one, the kind is `notFound`.
 */
export interface ConnectionsExplorerApi {
  readonly version: 1;
  readonly accounts: ApiAccounts;

  /**
   * The rows below a path, including problems: a failure is a row of kind `problem`.
   * @param path absent: the accounts' connections, or the accounts if there are several.
   * @throws Error if there is no resource at the path, and the signal's reason when it is aborted.
   */
  children(path?: string, options?: ApiChildrenOptions): Promise<readonly ApiResource[]>;

  /**
   * The JSON text of a resource, exactly as the server sent it: nothing is masked or omitted.
   * @throws Error that says what failed and what to do.
   */
  read(path: string, signal?: AbortSignal): Promise<string>;

  /**
   * Runs of one or all accounts: backfills, pipeline runs, task runs; queued, running and recent ones, the
   * newest first. Requested from the services on each call. An account that fails yields a row of kind
   * `problem`.
   */
  runs(options?: ApiRunsOptions): Promise<readonly ApiRun[]>;

  /**
   * The resources with an ID, with or without its prefix: the loaded ones, otherwise those that the services
   * find. An ID may be in several places. Empty if no account knows it.
   */
  find(id: string, signal?: AbortSignal): Promise<readonly ApiResource[]>;

  /** The paths whose rows changed. Empty if the accounts changed. */
  readonly onDidChange: Event<readonly string[]>;
}

/** The saved accounts. */
export interface ApiAccounts {
  list(): readonly ApiAccount[];
  /**
   * Verifies an account against its service, then saves it. The user is asked first, with the service, the
   * name and the addresses that the secrets will be sent to; if the user declines, the error has the kind
   * `permission`. Windows that develop or test this extension do not ask.
   * @throws Error that says what is wrong with the definition, the secrets or the service's response.
   */
  add(definition: ApiAccountDefinition, secrets: Readonly<Record<string, string>>): Promise<ApiAccount>;
  /**
   * Removes an account and deletes its secrets. The user is asked first; for a production account, also to
   * type its name.
   */
  remove(id: string): Promise<void>;
  /** The ids of the accounts that were added, changed or removed. */
  readonly onDidChange: Event<readonly string[]>;
}

/**
 * The definition of an account, without its secrets. docs/sign-in lists the keys of `settings` and secrets
 * for each service.
 */
export interface ApiAccountDefinition {
  readonly service: string;
  readonly name: string;
  readonly production?: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** A saved account. */
export interface ApiAccount extends ApiAccountDefinition {
  readonly id: string;
  readonly production: boolean;
}

export interface ApiChildrenOptions {
  /** True: request everything again, bypassing the service's caches. */
  readonly refresh?: boolean;
  /** True: all pages, not only the first. */
  readonly all?: boolean;
  readonly signal?: AbortSignal;
}

export interface ApiRunsOptions {
  /** The ID of an account. Absent: all. */
  readonly account?: string;
  readonly signal?: AbortSignal;
}

/** The kinds of resources, as in the tree. `group` and `problem` are auxiliary rows. */
export type ApiResourceKind =
  | 'account'
  | 'connection'
  | 'dataset'
  | 'backfill'
  | 'dataView'
  | 'dimension'
  | 'metric'
  | 'entity'
  | 'field'
  | 'pipeline'
  | 'run'
  | 'identity'
  | 'dataObject'
  | 'task'
  | 'group'
  | 'problem';

/** A row of the tree. */
export interface ApiResource {
  /** Unique in the whole tree, and stable across reloads. */
  readonly path: string;
  readonly kind: ApiResourceKind;
  /** The service's ID, verbatim. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly status?: ApiStatus;
  /** What the service sent for it in the list, decoded and unmasked. `read` returns the full text. */
  readonly json?: unknown;
}

/** A run. Dates are ISO 8601, and absent if the service does not report them. */
export interface ApiRun extends ApiResource {
  /** The names of its ancestors, from the outermost: connection, dataset. */
  readonly of: readonly string[];
  readonly created?: string;
  readonly started?: string;
  readonly completed?: string;
  /** From 0 to 1. */
  readonly progress?: number;
  /** The days that it loads, or all data. */
  readonly covers?: { readonly from?: string; readonly to?: string; readonly all: boolean };
}

/** The status of a resource. */
export interface ApiStatus {
  readonly state: 'ok' | 'running' | 'queued' | 'warning' | 'failed' | 'inactive' | 'unknown';
  /** The service's own label, verbatim if it is a single word. */
  readonly word: string;
}
