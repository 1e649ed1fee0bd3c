import { Emitter, type Disposable } from '../../core/base/emitter';
import { isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Verb } from '../../core/services/contract/action';

/** An action in progress. */
export interface RunningAction {
  /** Replaces its progress text. */
  report(text: string): void;
  /** Marks the action as ended. */
  end(): void;
}

interface Work {
  readonly path: ResourcePath;
  readonly verb: Verb;
  readonly text: string;
}

/** The actions that this window runs or follows, for the rows of their resources. */
export class RunningActions implements Disposable {
  readonly #works = new Map<symbol, Work>();
  readonly #changes = new Emitter<readonly ResourcePath[]>();

  /** Fires with the paths whose `textOf` changed. */
  readonly onDidChange = this.#changes.event;

  /** @param text describes for the user what is being done. */
  begin(path: ResourcePath, verb: Verb, text: string): RunningAction {
    const key = Symbol(path);
    const report = (progress: string): void => {
      if (this.#works.get(key)?.text === progress) return;
      this.#works.set(key, { path, verb, text: progress });
      this.#changes.fire([path]);
    };
    report(text);
    return {
      report,
      end: () => {
        if (this.#works.delete(key)) this.#changes.fire([path]);
      },
    };
  }

  /** What is being done to a resource; the most recent of several actions; undefined if nothing. */
  getText(path: ResourcePath): string | undefined {
    return [...this.#works.values()].findLast((work) => work.path === path)?.text;
  }

  /** True while a resource or one of its ancestors is being deleted. */
  isBeingDeleted(path: ResourcePath): boolean {
    return [...this.#works.values()].some((work) => work.verb === 'delete' && isWithin(path, work.path));
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
