import type { ResourceKind } from '../../../shared/kinds';
import type { StatusState } from '../../../shared/status';
import type { JsonObject } from '../../http/json';
import type { ResourcePath } from './path';

/** A status, with the service's own word beside ours. */
export interface Status {
  readonly state: StatusState;
  /** What the service says, verbatim where it is one word (`IN_PROGRESS`), else counted (`2 failed, 1 in progress`). */
  readonly label: string;
}

/** Something that went wrong, for a person: what, why, and what to do. */
export interface Problem {
  /** Whose account it is about, with its service; absent where that is told otherwise. */
  readonly place?: string;
  /** One short sentence: what could not be done. */
  readonly title: string;
  /** Why: the service's own words where it had any, with code and request id. */
  readonly detail: string;
  /** What the user can do about it. */
  readonly advice?: string;
  /** False where trying again cannot help, such as a broken item in a list. */
  readonly retryable: boolean;
  /** True where the form of the account mends it. */
  readonly editsAccount?: boolean;
  /** Equal for failures that have one cause, whatever request met it. Not for people. */
  readonly cause?: string;
}

/** One row of the tree, as plain data. */
export interface Resource {
  readonly path: ResourcePath;
  readonly kind: ResourceKind;
  /** The service's id, verbatim. */
  readonly id: string;
  /** The service's name for it, or the id. */
  readonly label: string;
  /** A few words shown dimmed behind the label. */
  readonly description?: string;
  readonly status?: Status;
  readonly hasChildren: boolean;
  /** What the service sent for it, decoded. Key order is the service's; `Session.read` gives the exact text. */
  readonly json?: JsonObject;
  /** Words that a filter finds it by, besides label, id and status: `owner`, `sandbox`. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  /** Set for kind `problem`. */
  readonly problem?: Problem;
  /** True where a later reading failed: what is shown may have changed since. Set by the store. */
  readonly stale?: boolean;
}
