import type { Disposable } from '../../core/base/emitter';
import type { Store } from '../../core/store/store';
import type { LanguageFeatures } from './languageFeatures';

/** Loads the language features with the first account. Without one they are not needed. */
export class LanguageFeatureLoader implements Disposable {
  readonly #accounts: Disposable;
  #features: Promise<LanguageFeatures> | undefined;

  constructor(private readonly store: Store) {
    this.#accounts = store.onDidChange((paths) => {
      if (paths.length === 0) this.#loadIfNeeded();
    });
    this.#loadIfNeeded();
  }

  dispose(): void {
    this.#accounts.dispose();
    void this.#features?.then((features) => {
      features.dispose();
    });
  }

  #loadIfNeeded(): void {
    if (this.store.accounts().length > 0) this.#features ??= this.#load();
  }

  async #load(): Promise<LanguageFeatures> {
    const { LanguageFeatures } = await import('./languageFeatures');
    return new LanguageFeatures(this.store);
  }
}
