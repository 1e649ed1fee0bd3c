import { Emitter, type Disposable } from '../../core/base/emitter';
import { isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Verb } from '../../core/services/contract/action';

/** An action that is being done. */
export interface RunningAction {
  /** Says how far it is, in place of what was said before. */
  report(text: string): void;
  /** It is over. */
  end(): void;
}

interface Work {
  readonly path: ResourcePath;
  readonly verb: Verb;
  readonly text: string;
}

/** The actions that this window is doing or following, for the rows of the resources that they are done to. */
export class RunningActions implements Disposable {
  readonly #works = new Map<symbol, Work>();
  readonly #changes = new Emitter<readonly ResourcePath[]>();

  /** Fires with the paths whose `textOf` changed. */
  readonly onDidChange = this.#changes.event;

  /** @param text for people: what is being done. */
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

  /** What is being done to a resource, of several actions the last that began; undefined for nothing. */
  textOf(path: ResourcePath): string | undefined {
    return [...this.#works.values()].findLast((work) => work.path === path)?.text;
  }

  /** True while a resource, or one above it, is being deleted. */
  isBeingDeleted(path: ResourcePath): boolean {
    return [...this.#works.values()].some((work) => work.verb === 'delete' && isWithin(path, work.path));
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
