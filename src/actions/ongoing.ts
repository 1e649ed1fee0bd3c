import { Emitter, type Disposable } from '../services/emitter';
import type { ResourcePath } from '../services/path';

/** An action that is being done. */
export interface OngoingAction {
  /** Says how far it is, in place of what was said before. */
  tell(text: string): void;
  /** It is over. */
  end(): void;
}

/** The actions that this window is doing or following, for the rows of the resources that they are done to. */
export class Ongoing implements Disposable {
  readonly #texts = new Map<symbol, { readonly path: ResourcePath; readonly text: string }>();
  readonly #changes = new Emitter<readonly ResourcePath[]>();

  /** Fires with the paths whose `textOf` changed. */
  readonly onDidChange = this.#changes.event;

  /** @param text for people: what is being done. */
  begin(path: ResourcePath, text: string): OngoingAction {
    const key = Symbol(path);
    const tell = (told: string): void => {
      if (this.#texts.get(key)?.text === told) return;
      this.#texts.set(key, { path, text: told });
      this.#changes.fire([path]);
    };
    tell(text);
    return {
      tell,
      end: () => {
        if (this.#texts.delete(key)) this.#changes.fire([path]);
      },
    };
  }

  /** What is being done to a resource, of several actions the last that began; undefined for nothing. */
  textOf(path: ResourcePath): string | undefined {
    return [...this.#texts.values()].findLast((work) => work.path === path)?.text;
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
