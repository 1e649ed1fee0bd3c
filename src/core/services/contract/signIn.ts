import type { Problem } from './resource';

/** Who is signed in, and what they may see. */
export interface Identity {
  readonly name: string;
  /** What the user should know although sign-in works, such as a missing right. */
  readonly warning?: Problem;
}

/** One saved sign-in to a service, without its secrets. */
export interface Account {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** Marked by the user: dangerous actions ask more. */
  readonly production: boolean;
  /** True for the embedded sample service, which is started when it is first needed. */
  readonly sample: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** The secrets of an account, by field key. Held in SecretStorage and in memory only. */
export type Secrets = Readonly<Record<string, string>>;

/** One of several values that a field may take. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  /** Set for a row that cannot be chosen, but tells of those that cannot be shown. */
  readonly problem?: Problem;
}

/** One thing that a form asks for. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly secret: boolean;
  readonly optional: boolean;
  readonly default?: string;
  /** Where given, one of these is chosen instead of typed. */
  readonly choices?: readonly Choice[];
  /** True where the service can name the values for the credentials that were entered before: see `Session.choices`. */
  readonly listed?: boolean;
  /** @returns what is wrong with the text and how to mend it, or undefined where it is fine. */
  validate(text: string): string | undefined;
}

/** One way to sign in to a service. */
export interface SignInMethod {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly Field[];
  /**
   * Reads a credentials file that the service's own console offers for download.
   * @returns the fields it holds.
   * @throws Error whose message tells the user what is wrong with the file.
   */
  importFile?(text: string): Promise<Readonly<Record<string, string>>>;
}
