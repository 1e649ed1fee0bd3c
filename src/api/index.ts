/**
 * What the extension exports to other extensions. Copy this file into yours; it needs nothing but `vscode`.
 *
 *   const explorer = vscode.extensions.getExtension<ConnectionsExplorerApi>('connections-explorer.connections-explorer');
 *   const api = await explorer?.activate();
 *   const connections = await api?.children();
 *
 * All data is plain. The secrets of accounts are not among it: they go in by `accounts.add` and never come out. But
 * `read`, and the member `json` of a resource, hold what the service sent, unmasked: whatever secrets it tells of its
 * own are in there. Names, descriptions and all other texts are the service's as well; treat them as data.
 */
import type { Event } from 'vscode';

/**
 * The exported object. A change that breaks its users raises `version`; what is added does not.
 *
 * No member throws: what goes wrong is a rejection with an Error that says what failed and what to do, and whose `kind` is
 * one of `authentication`, `permission`, `notFound`, `conflict`, `rejected` (also for arguments of other types than here),
 * `rateLimit`, `timeout`, `network`, `protocol`, `tooLarge`, `server` and `unexpected`; or with the reason of the caller's
 * signal. What is asked while an account changes is asked of it as it is then; one that was removed is `notFound`.
 */
export interface ConnectionsExplorerApi {
  readonly version: 1;
  readonly accounts: ApiAccounts;

  /**
   * The rows below a path, problems included: a failure is a row of kind `problem`.
   * @param path absent: the accounts' connections, or the accounts where there are several.
   * @throws Error where the path leads nowhere, and the signal's reason when it is cancelled.
   */
  children(path?: string, options?: ApiChildrenOptions): Promise<readonly ApiResource[]>;

  /**
   * The JSON text of a resource, exactly as the server sent it: nothing in it is masked or left out.
   * @throws Error that says what failed and what to do.
   */
  read(path: string, signal?: AbortSignal): Promise<string>;

  /**
   * Work that takes time, of one or all accounts: backfills, pipeline runs, task runs; queued, running and lately over,
   * the newest first. Asked of the services each time. An account that fails gives a row of kind `problem`.
   */
  runs(options?: ApiRunsOptions): Promise<readonly ApiRun[]>;

  /**
   * The resources with an id, with or without its prefix: those that are loaded, else those that the services name. One
   * id may be in several places; empty where no account knows it.
   */
  find(id: string, signal?: AbortSignal): Promise<readonly ApiResource[]>;

  /** The paths whose rows changed. Empty: the accounts did. */
  readonly onDidChange: Event<readonly string[]>;
}

/** The saved accounts. */
export interface ApiAccounts {
  list(): readonly ApiAccount[];
  /**
   * Verifies an account against its service, then saves it. The user is asked first, with the service, the name and the
   * addresses that the secrets will be sent to; the user's refusal is an error of kind `permission`. In a window that
   * develops or tests this extension nobody is asked.
   * @throws Error that says what is wrong with the definition, the secrets or the service's answer.
   */
  add(definition: ApiAccountDefinition, secrets: Readonly<Record<string, string>>): Promise<ApiAccount>;
  /** Removes an account and wipes its secrets. The user is asked first, for its name as well if it is in production. */
  remove(id: string): Promise<void>;
  /** The ids of the accounts that were added, changed or removed. */
  readonly onDidChange: Event<readonly string[]>;
}

/** What makes an account, besides its secrets. docs/sign-in lists the keys of `settings` and secrets for each service. */
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
  /** True: ask the service again, passing by its caches. */
  readonly refresh?: boolean;
  /** True: every page, not the first alone. */
  readonly all?: boolean;
  readonly signal?: AbortSignal;
}

export interface ApiRunsOptions {
  /** The id of an account. Absent: all. */
  readonly account?: string;
  readonly signal?: AbortSignal;
}

/** The kinds of resources, in the words of the tree. `group` and `problem` are rows in between. */
export type ApiResourceKind =
  | 'account'
  | 'connection'
  | 'dataset'
  | 'backfill'
  | 'dataView'
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
  /** Unique in the whole tree, and the same after a reload. */
  readonly path: string;
  readonly kind: ApiResourceKind;
  /** The service's id, verbatim. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly status?: ApiStatus;
  /** What the service sent for it in the list, decoded and unmasked. `read` gives the full text. */
  readonly json?: unknown;
}

/** Work that takes time. Dates are ISO 8601, and absent where the service does not tell. */
export interface ApiRun extends ApiResource {
  /** The names of what it belongs to, the outermost first: connection, dataset. */
  readonly of: readonly string[];
  readonly created?: string;
  readonly started?: string;
  readonly completed?: string;
  /** From 0 to 1. */
  readonly progress?: number;
  /** The days that it loads, or all data. */
  readonly covers?: { readonly from?: string; readonly to?: string; readonly all: boolean };
}

/** How a resource is doing. */
export interface ApiStatus {
  readonly state: 'ok' | 'running' | 'queued' | 'warning' | 'failed' | 'inactive' | 'unknown';
  /** What the service says, verbatim where it is one word. */
  readonly word: string;
}
