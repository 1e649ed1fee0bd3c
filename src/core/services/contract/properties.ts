import type { Problem, Status } from './resource';

/** A label and a value, for tooltips and the panel. Both are plain text. */
export interface Property {
  readonly label: string;
  readonly value: string;
  /** The time in `value`, as the service wrote it (ISO 8601); the panel shows it as relative time. */
  readonly date?: string;
  /** Detail about the value that few people need, such as the ID of a user whose name is unknown. For tooltips. */
  readonly hint?: string;
  /** Set for a property that describes a status. */
  readonly status?: Status;
  /** True for values that users copy: IDs and keys. */
  readonly copy?: boolean;
}

/** Facts of a resource as data, in no language. Those that the service does not report are absent. */
export interface ResourceFacts {
  /** ISO 8601, as are the other times. */
  readonly created?: string | undefined;
  readonly modified?: string | undefined;
  /** When data was last added. */
  readonly lastData?: string | undefined;
  /** Numbers of backfills at or below the resource. */
  readonly backfills?: number | undefined;
  readonly failedBackfills?: number | undefined;
  /** Queued and running ones. */
  readonly activeBackfills?: number | undefined;
}

/** A term that a service defines, with its meaning, such as a data source type. */
export interface GlossaryTerm {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Set for a row that is not a term, and reports terms that cannot be shown. */
  readonly problem?: Problem;
}

/** A list of terms that a service publishes beside its resources. */
export interface Glossary {
  readonly id: string;
  readonly title: string;
}

/** A request for users to copy. Secrets are replaced by placeholders such as `$ACCESS_TOKEN`. */
export interface RequestTemplate {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}
