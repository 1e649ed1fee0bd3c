/** Fakes of what VS Code passes to the extension, shared by windows like the real ones. */
import type { AccountSecrets, AccountState } from '../../../src/features/accounts/secretStore';
import type { LoadedService, Session } from '../../../src/core/services/contract/service';
import type { SignInMethod, Field } from '../../../src/core/services/contract/signIn';
import { Emitter } from '../../../src/core/base/emitter';

/** A field that accepts any text. */
export function field(key: string, more: Partial<Field> = {}): Field {
  const label = key.toUpperCase();
  return { key, label, prompt: key, secret: false, optional: false, validate: () => undefined, ...more };
}

/** A sign-in method with these fields. */
export function method(id: string, fields: readonly Field[], more: Partial<SignInMethod> = {}): SignInMethod {
  return { id, title: id, description: '', fields, ...more };
}

/** A service with two sign-in methods: a secret, or a token. */
export function service(more: Partial<LoadedService> = {}): LoadedService {
  const loaded: LoadedService = {
    id: 'cja',
    title: 'Adobe CJA',
    icon: 'graph-line',
    methods: [
      method('oauth', [field('orgId'), field('clientId'), field('clientSecret', { secret: true })]),
      method('token', [field('orgId'), field('accessToken', { secret: true })]),
    ],
    options: [field('tenant', { optional: true })],
    capabilities: ['edit', 'runs'],
    hasPages: true,
    canonicalJson: { volatileKeys: [], idKeys: [] },
    origins: ({ endpoint = 'https://example.com' }) => [endpoint],
    loadSignIn: () => Promise.resolve(loaded),
    connect: () => Promise.resolve(session()),
    ...more,
  };
  return loaded;
}

/** An authenticated session without content. */
export function session(more: Partial<Session> = {}): Session {
  return {
    verify: () => Promise.resolve({ name: 'somebody' }),
    children: () => Promise.reject(new Error('not part of this test')),
    read: () => Promise.reject(new Error('not part of this test')),
    glossaryTerms: () => Promise.resolve([]),
    properties: () => [],
    webLink: () => undefined,
    requestTemplate: () => undefined,
    shortId: () => undefined,
    dispose: () => undefined,
    ...more,
  };
}

/** A step of a window's write to its storage. */
export interface StorageStep {
  readonly operation: 'get' | 'store' | 'delete' | 'keys' | 'update';
  readonly key: string;
  /** Before it takes effect, or after that and before the caller is notified. */
  readonly moment: 'before' | 'after';
}

/** A window's copy of globalState. Later writes have higher numbers. */
type Memory = Map<string, { readonly value: unknown; readonly number: number }>;

/** The storage of one VS Code with any number of windows. */
export class FakeStorage {
  readonly state = new Map<string, unknown>();
  readonly secrets = new Map<string, string>();
  readonly #stored = new Emitter<{ key: string }>();
  readonly #windows: Memory[] = [];
  #number = 0;
  /** Returns what is read in place of a stored secret: undefined simulates a system without a keyring. */
  spoil: (text: string) => string | undefined = (text) => text;
  /** Called between the steps of all windows; if it throws, the step fails. */
  pause: ((step: StorageStep) => Promise<void>) | undefined;
  /** Delivers one window's write to globalState to the others; at once, unless replaced. */
  deliver: (arrive: () => void) => void = (arrive) => {
    arrive();
  };

  /**
   * globalState as a window sees it: values are copied as JSON. Like the real one, a window has what it
   * writes in memory at once, even if writing fails.
   */
  memento(): AccountState {
    const memory: Memory = new Map();
    this.#windows.push(memory);
    const look = (key: string): unknown =>
      memory.has(key) ? memory.get(key)?.value : (this.state.get(key) ?? undefined);
    return {
      keys: () =>
        [...new Set([...this.state.keys(), ...memory.keys()])].filter((key) => look(key) !== undefined),
      get: (key: string, fallback?: unknown): unknown => structuredClone(look(key) ?? fallback),
      update: (key, value) => {
        const copy: unknown = structuredClone(value);
        memory.set(key, { value: copy, number: memory.get(key)?.number ?? 0 });
        return this.#run('update', key, () => {
          this.#share(key, copy, memory);
        });
      },
    };
  }

  /** SecretStorage as a window sees it. Like the real one, it fires no event if a text is unchanged. */
  secretStorage({ lists = true }: { readonly lists?: boolean } = {}): AccountSecrets {
    return {
      get: (key) => this.#run('get', key, () => this.secrets.get(key)),
      store: (key, value) =>
        this.#run('store', key, () => {
          const text = this.spoil(value);
          const same = this.secrets.get(key) === text;
          if (text !== undefined) this.secrets.set(key, text);
          if (!same) this.#stored.fire({ key });
        }),
      delete: (key) =>
        this.#run('delete', key, () => {
          if (this.secrets.delete(key)) this.#stored.fire({ key });
        }),
      ...(lists && { keys: () => this.#run('keys', '', () => [...this.secrets.keys()]) }),
      onDidChange: this.#stored.event,
    };
  }

  #share(key: string, value: unknown, writer: Memory): void {
    const number = ++this.#number;
    const others = this.#windows.filter((window) => window !== writer);
    const before = this.state.get(key);
    // Until it arrives, the others see the previous value.
    for (const other of others) if (!other.has(key)) other.set(key, { value: before, number: 0 });
    writer.set(key, { value, number });
    if (value === undefined) this.state.delete(key);
    else this.state.set(key, value);
    this.deliver(() => {
      for (const other of others)
        if ((other.get(key)?.number ?? 0) < number) other.set(key, { value, number });
    });
  }

  async #run<T>(operation: StorageStep['operation'], key: string, effect: () => T): Promise<T> {
    // Without a pause, the effect is immediate.
    if (!this.pause) return effect();
    await this.pause({ operation, key, moment: 'before' });
    const result = effect();
    await this.pause({ operation, key, moment: 'after' });
    return result;
  }
}
