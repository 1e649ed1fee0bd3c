import type { Problem } from './resource';

/** The signed-in user. */
export interface Identity {
  readonly name: string;
  /** A limitation although sign-in works, such as a missing permission. */
  readonly warning?: Problem;
}

/** One saved sign-in to a service, without its secrets. */
export interface Account {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** Marked by the user: dangerous actions require more confirmation. */
  readonly production: boolean;
  /** True for the embedded sample service, which is started on first use. */
  readonly sample: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** The secrets of an account, by field key. Stored in SecretStorage, and otherwise only in memory. */
export type Secrets = Readonly<Record<string, string>>;

/** One of several values of a field. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  /** Set for a row that cannot be chosen, and reports values that cannot be shown. */
  readonly problem?: Problem;
}

/** A field of a form. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly secret: boolean;
  readonly optional: boolean;
  readonly default?: string;
  /** Set if one of these values is picked instead of typed. */
  readonly choices?: readonly Choice[];
  /** True if the service can list the values for the credentials entered before: see `Session.choices`. */
  readonly listed?: boolean;
  /** @returns what is wrong with the text and how to fix it, or undefined if it is valid. */
  validate(text: string): string | undefined;
}

/** How accounts of a service sign in. */
export interface SignIn {
  readonly methods: readonly SignInMethod[];
  /** Optional settings that are not part of signing in, such as the tenant for links. */
  readonly options: readonly Field[];
  /**
   * The origins that an account's secrets, and the tokens created from them, are sent to. Sessions send requests to no
   * other origin. Each index has its own purpose, so that equal lists send each secret to the same places. An origin that
   * only some settings use is the last.
   * @throws HttpError kind `rejected` if an address in the settings is unusable.
   */
  readonly origins: (settings: Readonly<Record<string, string>>) => readonly string[];
}

export interface SignInMethod {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly Field[];
  /**
   * Parses a credentials file that the service's own console offers for download.
   * @returns the values of its fields.
   * @throws Error whose message says what is wrong with the file.
   */
  importFile?(text: string): Promise<Readonly<Record<string, string>>>;
}
