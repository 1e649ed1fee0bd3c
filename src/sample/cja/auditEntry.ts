import type { Person } from './connection';

/** The components of which the sample keeps an audit log. */
export type AuditedComponent = 'CONNECTION' | 'DATA_VIEW';

/** Something that somebody did. */
export interface AuditEntry {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly action: string;
  readonly description: string;
  /** Undefined: the service tells the ID alone, as in the example of the guide. */
  readonly user: Person | undefined;
  readonly component: { readonly id: string; readonly type: AuditedComponent; readonly name: string };
}
