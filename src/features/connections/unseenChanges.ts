import { DisposableStore } from '../../core/base/disposableStore';
import { Emitter, type Disposable, type Event } from '../../core/base/emitter';
import { ancestry, isWithin, type ResourcePath } from '../../core/services/contract/path';

/** The tree, whose selected rows count as seen. */
interface SelectedRows {
  readonly visible: boolean;
  readonly selection: readonly ResourcePath[];
  readonly onDidChangeSelection: Event<unknown>;
}

interface ShownPanels {
  /** The resources whose panels are on screen. */
  readonly visible: readonly ResourcePath[];
  readonly onDidChangeVisible: Event<unknown>;
}

/**
 * The rows whose status changed, as found by a refresh or a watch, until the user views them. Kept as long as the
 * window is open.
 */
export class UnseenChanges implements Disposable {
  readonly #changed = new Set<ResourcePath>();
  /** The rows above `#changed`. */
  #above: ReadonlySet<ResourcePath> = new Set();
  #lookedAt: () => ReadonlySet<ResourcePath> = () => new Set();
  readonly #registrations = new DisposableStore();
  readonly #changes = new Emitter<readonly ResourcePath[]>();

  /** Fires with the rows that look different now. */
  readonly onDidChange = this.#changes.event;

  dispose(): void {
    this.#registrations.dispose();
    this.#changes.dispose();
  }

  /** Removes the marks of rows when they are selected or their panel is shown, and those of the rows above them. */
  follow(tree: SelectedRows, panels: ShownPanels): void {
    this.#lookedAt = () =>
      new Set([...(tree.visible ? tree.selection : []), ...panels.visible].flatMap(ancestry));
    const see = (): void => {
      this.#update([], [...this.#lookedAt()]);
    };
    this.#registrations.add(tree.onDidChangeSelection(see), panels.onDidChangeVisible(see));
  }

  /** Whether the status of a row changed, or that of rows below it. */
  of(path: ResourcePath): 'changed' | 'below' | undefined {
    if (this.#changed.has(path)) return 'changed';
    return this.#above.has(path) ? 'below' : undefined;
  }

  /** Marks rows, except those that the user is looking at. */
  mark(paths: readonly ResourcePath[]): void {
    const seen = this.#lookedAt();
    this.#update(
      paths.filter((path) => !seen.has(path)),
      [],
    );
  }

  /** Removes the marks of rows of an account that are no longer there. @param rows all that it has. */
  keep(account: ResourcePath, rows: readonly ResourcePath[]): void {
    const there = new Set(rows);
    const isGone = (path: ResourcePath): boolean =>
      isWithin(path, account) && !ancestry(path).some((above) => there.has(above));
    this.#update([], [...this.#changed].filter(isGone));
  }

  #update(added: readonly ResourcePath[], removed: readonly ResourcePath[]): void {
    const fresh = added.filter((path) => !this.#changed.has(path));
    const gone = removed.filter((path) => this.#changed.has(path));
    if (fresh.length + gone.length === 0) return;
    for (const path of fresh) this.#changed.add(path);
    for (const path of gone) this.#changed.delete(path);
    this.#above = new Set([...this.#changed].flatMap((path) => ancestry(path).slice(1)));
    this.#changes.fire([...new Set([...fresh, ...gone].flatMap(ancestry))]);
  }
}
