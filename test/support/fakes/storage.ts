import { join } from 'node:path';
import { Emitter } from '../../../src/core/base/emitter';
import { systemClock, type Clock } from '../../../src/core/base/clock';
import { WindowStorage, type StorageContext } from '../../../src/ui/storage/windowStorage';
import { FakeStorage } from './accounts';

/** How to open a window. */
export interface WindowOptions {
  /** The storage that all windows share. */
  readonly shared?: FakeStorage;
  readonly clock?: Clock;
  /** An absolute path, for entries in files. */
  readonly folder?: string;
  /** The URI of the workspace's storage; absent for a window without a workspace. */
  readonly workspace?: string;
  /** What earlier versions stored in workspaceState. */
  readonly workspaceState?: Map<string, unknown>;
}

/** A folder below a file: even root cannot create it, so that nothing is kept from one run of the tests to the next. */
export const UNWRITABLE = join(process.execPath, 'nowhere');

/** The storage of a window. */
export function openStorage({
  shared = new FakeStorage(),
  clock = systemClock,
  folder = UNWRITABLE,
  workspace,
  workspaceState = new Map(),
}: WindowOptions = {}): WindowStorage {
  const context: StorageContext = {
    globalState: shared.memento(),
    workspaceState: {
      get: (key: string, fallback?: unknown) => workspaceState.get(key) ?? fallback,
      update: (key, value) => {
        workspaceState.set(key, value);
        return Promise.resolve();
      },
    },
    secrets: { ...shared.secretStorage() },
    globalStorageUri: { fsPath: folder },
    storageUri: workspace === undefined ? undefined : { toString: () => workspace },
  };
  return new WindowStorage(context, clock);
}

/** A message to a destination. Messages to the same destination arrive in order. */
interface Message {
  readonly place: string;
  readonly arrive: () => void;
}

/** A globalState as VS Code implements it, and the windows that share it. */
export class FakeHost {
  /** The whole state as one text, as VS Code stores it. */
  #text = '{}';
  readonly #windows: FakeWindowState[] = [];
  readonly #signals = new Emitter<undefined>();
  readonly #messages: Message[] = [];

  get state(): Readonly<Record<string, unknown>> {
    return JSON.parse(this.#text) as Record<string, unknown>;
  }

  /** Opens a window with the current state. */
  open(): FakeWindowState {
    const name = String(this.#windows.length);
    const window = new FakeWindowState(this.#text, {
      flush: () => {
        this.#send(`flush ${name}`, () => {
          this.#write(window.text(), name);
        });
      },
    });
    this.#windows.push(window);
    return window;
  }

  /** Notifies every window of a change. */
  signal(): void {
    for (const [at] of this.#windows.entries()) {
      this.#send(`signal ${at}`, () => {
        this.#signals.fire(undefined);
      });
    }
  }

  readonly onDidSignal = this.#signals.event;

  /** The number of destinations with pending messages. */
  get places(): number {
    return this.#firsts().length;
  }

  /** Delivers the first message of a destination. */
  deliver(place: number): void {
    const firsts = this.#firsts();
    const message = firsts[place % firsts.length];
    if (!message) return;
    this.#messages.splice(this.#messages.indexOf(message), 1);
    message.arrive();
  }

  deliverAll(): void {
    while (this.places > 0) this.deliver(0);
  }

  #firsts(): readonly Message[] {
    return this.#messages.filter(
      (message) => this.#messages.find(({ place }) => place === message.place) === message,
    );
  }

  #send(place: string, arrive: () => void): void {
    this.#messages.push({ place, arrive });
  }

  /** Sends a window's whole state to the others, and back to itself. */
  #write(text: string, from: string): void {
    this.#send(`write ${from}`, () => {
      this.#text = text;
      for (const [at, window] of this.#windows.entries()) {
        this.#send(`accept ${at}`, () => {
          window.accept(text);
        });
      }
    });
  }
}

/** The globalState of one window: a copy of the whole state, which it writes as a whole. */
export class FakeWindowState {
  readonly #outside: { flush(): void };
  #value: Record<string, unknown>;
  #dirty = false;

  constructor(text: string, outside: { flush(): void }) {
    this.#outside = outside;
    this.#value = JSON.parse(text) as Record<string, unknown>;
  }

  keys(): readonly string[] {
    return Object.keys(this.#value).filter((key) => this.#value[key] !== undefined);
  }

  get<T>(key: string, fallback?: T): T {
    return (this.#value[key] ?? fallback) as T;
  }

  update(key: string, value: unknown): Promise<void> {
    this.#value[key] = value === undefined ? undefined : structuredClone(value);
    if (!this.#dirty) this.#outside.flush();
    this.#dirty = true;
    return Promise.resolve();
  }

  /** The text to write, at the time of writing. */
  text(): string {
    this.#dirty = false;
    return JSON.stringify(this.#value);
  }

  accept(text: string): void {
    this.#value = JSON.parse(text) as Record<string, unknown>;
  }
}
