/** Stand-ins for what VS Code hands to the extension, shared by windows like the real ones. */
import type { AccountSecrets, AccountState } from '../../src/accounts/accounts';
import type { Field, SignInMethod, Service, Session } from '../../src/services/service';
import { Emitter } from '../../src/services/emitter';

/** A field that takes any text. */
export function field(key: string, more: Partial<Field> = {}): Field {
  const label = key.toUpperCase();
  return { key, label, prompt: key, secret: false, optional: false, validate: () => undefined, ...more };
}

/** A sign-in method with these fields. */
export function method(id: string, fields: readonly Field[], more: Partial<SignInMethod> = {}): SignInMethod {
  return { id, title: id, description: '', fields, ...more };
}

/** A service that signs in by a secret, or by a token. */
export function service(more: Partial<Service> = {}): Service {
  return {
    id: 'cja',
    title: 'Adobe CJA',
    signIn: [
      method('oauth', [field('orgId'), field('clientId'), field('clientSecret', { secret: true })]),
      method('token', [field('orgId'), field('accessToken', { secret: true })]),
    ],
    options: [field('tenant', { optional: true })],
    glossaries: [],
    normalForm: { serverMade: [], ids: [] },
    connect: () => Promise.resolve(session()),
    ...more,
  };
}

/** A session that is signed in and shows nothing. */
export function session(more: Partial<Session> = {}): Session {
  return {
    verify: () => Promise.resolve({ name: 'somebody' }),
    children: () => Promise.reject(new Error('not part of this test')),
    read: () => Promise.reject(new Error('not part of this test')),
    terms: () => Promise.resolve([]),
    facts: () => [],
    webLink: () => undefined,
    recipe: () => undefined,
    shortId: () => undefined,
    dispose: () => undefined,
    ...more,
  };
}

/** The storage of one VS Code, whatever the number of its windows. */
export class FakeStorage {
  readonly state = new Map<string, unknown>();
  readonly secrets = new Map<string, string>();
  readonly #stored = new Emitter<{ key: string }>();
  /** What is given back instead of a stored secret: undefined for a system without a keyring. */
  spoil: (text: string) => string | undefined = (text) => text;

  /** globalState, as a window sees it: values are copied, as by JSON. */
  memento(): AccountState {
    const read = (key: string, fallback?: unknown): unknown =>
      structuredClone(this.state.get(key) ?? fallback);
    return {
      keys: () => [...this.state.keys()],
      get: read,
      update: (key, value) => {
        if (value === undefined) this.state.delete(key);
        else this.state.set(key, structuredClone(value));
        return Promise.resolve();
      },
    };
  }

  /** SecretStorage, as a window sees it. Like the real one, it is silent where a text stays the same. */
  secretStorage(): AccountSecrets {
    return {
      get: (key) => Promise.resolve(this.secrets.get(key)),
      store: (key, value) => {
        const text = this.spoil(value);
        const same = this.secrets.get(key) === text;
        if (text !== undefined) this.secrets.set(key, text);
        if (!same) this.#stored.fire({ key });
        return Promise.resolve();
      },
      delete: (key) => {
        if (this.secrets.delete(key)) this.#stored.fire({ key });
        return Promise.resolve();
      },
      onDidChange: this.#stored.event,
    };
  }
}
