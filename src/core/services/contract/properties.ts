import type { Problem, Status } from './resource';

/** A label and a value, for tooltips and the panel. Both are plain text. */
export interface Property {
  readonly label: string;
  readonly value: string;
  /** The moment that `value` tells, as the service wrote it (ISO 8601); the panel shows how long ago it was. */
  readonly date?: string;
  /** For a fact that says how something is doing. */
  readonly status?: Status;
  /** True for what people copy: ids and keys. */
  readonly copy?: boolean;
}

/** A word that a service defines, with its meaning, such as a data source type. */
export interface GlossaryTerm {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Set for a row that is no word, but tells of those that cannot be shown. */
  readonly problem?: Problem;
}

/** A list of words that a service publishes beside its resources. */
export interface Glossary {
  readonly id: string;
  readonly title: string;
}

/** A request as a person would type it, secrets replaced by placeholders such as `$ACCESS_TOKEN`. */
export interface RequestTemplate {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}
