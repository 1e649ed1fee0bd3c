import { HttpError } from '../../core/http/errors';
import {
  getAccountId,
  ancestry,
  isWithin,
  parentPath,
  type ResourcePath,
} from '../../core/services/contract/path';
import { toProblem } from '../../core/services/common/problem';
import type { Resource, Problem } from '../../core/services/contract/resource';
import type { Disposable } from '../../core/base/emitter';
import type { Store } from '../../core/store/store';
import { problemModel } from './listModel';
import type { DataState } from '../../shared/protocol';

export interface ResourceObserverListener {
  /** The resource or its state may have changed. */
  changed(): void;
  /** Something else in the same account may have changed. */
  accountChanged(): void;
}

/** Observes the panel's resource in the store and keeps its last known state after it is deleted. */
export class ResourceObserver implements Disposable {
  readonly path: ResourcePath;
  readonly #controller = new AbortController();
  readonly #registration: Disposable;
  #resource: Resource | undefined;
  #failure: 'gone' | Problem | undefined;
  #resolving = false;

  constructor(
    private readonly store: Store,
    path: ResourcePath,
    private readonly listener: ResourceObserverListener,
  ) {
    this.path = path;
    this.#registration = store.onDidChange((paths) => {
      if (paths.length === 0 || paths.some((changed) => isWithin(path, changed))) this.check();
      else if (paths.some((changed) => getAccountId(changed) === getAccountId(path)))
        listener.accountChanged();
    });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#controller.abort();
  }

  /** Last known state; undefined until loaded. */
  get resource(): Resource | undefined {
    return this.#resource;
  }

  get state(): DataState {
    if (this.#failure === 'gone') return { kind: 'gone' };
    if (this.#failure) return { kind: 'failed', problem: problemModel(this.#failure) };
    if (!this.#resource) return { kind: 'loading' };
    const parent = parentPath(this.path);
    const { readAt, stale } = this.store.state(parent ?? this.path);
    const problem = parent && this.#getProblem(parent);
    return {
      kind: stale ? 'stale' : 'fresh',
      ...(readAt !== undefined && { readAt }),
      ...(stale && problem && { problem: problemModel(problem) }),
    };
  }

  /** True while the list that contains the resource, or one of those above it, is loading; of an account, its own. */
  get busy(): boolean {
    const lists = parentPath(this.path) === undefined ? [this.path] : ancestry(this.path).slice(1);
    return this.#resolving || lists.some((list) => this.store.state(list).reading);
  }

  /** Updates the resource from the store; resolves it through its ancestors if it is not loaded. */
  check(): void {
    const known = this.store.get(this.path);
    if (known) {
      this.#resource = known;
      this.#failure = undefined;
    } else void this.#resolve();
    this.listener.changed();
  }

  /** Reloads the list that contains the resource, or its nearest loaded ancestor, and its children. */
  async refresh(): Promise<void> {
    this.#failure = undefined;
    this.listener.changed();
    const parent = parentPath(this.path);
    const signal = this.#controller.signal;
    const notBefore = performance.now();
    const again = { refresh: true, asked: true, signal, notBefore };
    const holder = parent && ancestry(parent).find((above) => this.store.get(above));
    if (holder) await this.store.load(holder, again);
    if (holder !== parent) await this.#resolve({ asked: true });
    const hasList = this.store.rows(this.path) !== undefined || this.store.state(this.path).reading;
    if (hasList) await this.store.refresh(this.path, signal, notBefore);
    this.check();
  }

  async #resolve({ asked = false } = {}): Promise<void> {
    if ((this.#resolving && !asked) || !this.store.account(this.path)) return;
    this.#resolving = true;
    try {
      const { signal } = this.#controller;
      this.#resource = await this.store.resolve(this.path, { signal, asked });
      this.#failure = undefined;
    } catch (error) {
      this.#failure = this.#toReason(error);
    } finally {
      this.#resolving = false;
    }
    if (!this.#controller.signal.aborted) this.listener.changed();
  }

  /** If the list of an ancestor failed, the resource may still exist. */
  #toReason(error: unknown): 'gone' | Problem {
    for (let above = parentPath(this.path); above; above = parentPath(above)) {
      const problem = this.#getProblem(above);
      if (problem) return problem;
    }
    return error instanceof HttpError && error.kind === 'notFound' ? 'gone' : toProblem(error);
  }

  /** Why the list below a path could not be read; problems of single items do not count. */
  #getProblem(path: ResourcePath): Problem | undefined {
    return this.store.rows(path)?.find(({ kind, problem }) => kind === 'problem' && problem?.retryable)
      ?.problem;
  }
}
