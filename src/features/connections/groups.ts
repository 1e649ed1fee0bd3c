import { Emitter, type Disposable } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { SharedEntries } from '../../ui/storage/sharedEntries';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import { GROUP_KINDS, type Arrange, type Arrangement, type GroupKind } from './groupKinds';

const NO_GROUPS: Arrangement['groups'] = new Map();

/**
 * How the tree groups connections. Kept per workspace, as the filter. What groups are is loaded when there are some.
 */
export class TreeGroups implements Disposable {
  readonly #entries: SharedEntries<GroupKind>;
  readonly #workspace: string;
  readonly #changes = new Emitter<void>();
  #kind: GroupKind | undefined;
  #arrange: Arrange | undefined;

  readonly onDidChange = this.#changes.event;

  constructor(storage: Pick<WindowStorage, 'entries' | 'workspace'>) {
    this.#workspace = storage.workspace;
    this.#entries = storage.entries({
      prefix: 'groupBy:',
      decode: (value) => GROUP_KINDS.find((kind) => kind === value),
    });
    this.#kind = this.#entries.list().get(this.#workspace);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** Undefined without groups. */
  get kind(): GroupKind | undefined {
    return this.#kind;
  }

  /** Sets and saves the kind. @param kind undefined for none. */
  set(kind: GroupKind | undefined): void {
    this.#kind = kind;
    if (kind) this.#entries.set(new Map([[this.#workspace, kind]]));
    else this.#entries.remove([this.#workspace]);
    this.#changes.fire();
  }

  /** Loads what `arrange` needs. Awaited before rows are drawn. */
  async load(): Promise<void> {
    if (this.#kind) this.#arrange ??= (await import('./arrangeGroups')).arrange;
  }

  /** Puts the connections among rows into groups. @param path of the list of the rows. */
  arrange(path: ResourcePath, rows: readonly Resource[]): Arrangement {
    const arranged = this.#kind && this.#arrange?.(path, rows, this.#kind);
    return arranged ?? { rows, groups: NO_GROUPS };
  }
}
