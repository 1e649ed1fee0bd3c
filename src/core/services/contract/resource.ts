import { isDeepStrictEqual } from 'node:util';
import type { ResourceKind } from '../../../shared/kinds';
import type { StatusState } from '../../../shared/status';
import { type Json, decodedJson, isSameJson } from '../../http/jsonPart';
import type { ResourcePath } from './path';
import type { JsonObject } from '../../http/json';

/** A status, with the service's own word for it. */
export interface Status {
  readonly state: StatusState;
  /**
   * The service's word, verbatim if it is a single one (`IN_PROGRESS`), otherwise counts (`2 failed, 1 in progress`).
   */
  readonly label: string;
}

/** A failure as shown to users: what, why, and what to do. */
export interface Problem {
  /** The account and its service; absent if they are clear from the context. */
  readonly place?: string;
  /** A short sentence: what failed. */
  readonly title: string;
  /** Why: the service's own message, if any, with code and request ID. */
  readonly detail: string;
  /** What the user can do about it. */
  readonly advice?: string;
  /** False if retrying cannot help, as with a broken item of a list. */
  readonly retryable: boolean;
  /** True if editing the account can fix it. */
  readonly editsAccount?: boolean;
  /** As `HttpErrorDetails.wrongField`. Not shown. */
  readonly wrongField?: string;
  /** Equal for failures with the same cause, whichever request failed. Not shown. */
  readonly cause?: string;
}

/** When data came in. */
export interface NewData {
  /** When data was last added. ISO 8601. */
  readonly lastAt: string;
  /** True if new data is not imported, so that none is missing. */
  readonly isOff: boolean;
}

/** One row of the tree, as plain data. */
export interface Resource {
  readonly path: ResourcePath;
  readonly kind: ResourceKind;
  /** The service's ID, verbatim. */
  readonly id: string;
  /** The service's name for it, or the ID. */
  readonly label: string;
  /** Short text, shown dimmed after the label. */
  readonly description?: string;
  readonly status?: Status;
  readonly hasChildren: boolean;
  /** The service's data, with its key order: look at it with `jsonOf`. `Session.read` returns the exact text. */
  readonly json?: Json;
  /** What a filter matches besides label, ID and status: `owner`, `sandbox`. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  /** When data came in, as reported by the service; absent if it reports nothing. */
  readonly newData?: NewData;
  /** Set for kind `problem`. */
  readonly problem?: Problem;
  /** True if a reload failed, so that the shown data may be outdated. Set by the store. */
  readonly stale?: boolean;
}

/** The service's data of a resource, decoded; undefined if it has none. Takes time: at most once for each use. */
export function getJson({ json }: { readonly json?: Json | undefined }): JsonObject | undefined {
  return decodedJson(json);
}

/** True if nothing of a resource has changed. */
export function isSameResource<R extends { readonly json?: Json }>(one: R, other: R): boolean {
  if (one === other) return true;
  const { json, ...rest } = one;
  const { json: otherJson, ...otherRest } = other;
  return isDeepStrictEqual(rest, otherRest) && isSameJson(json, otherJson);
}
