import { editor } from '../../../support/vscode/vscode';
import { afterEach, beforeEach, mock } from 'node:test';
import type * as vscode from 'vscode';
import { Emitter } from '../../../../src/core/base/emitter';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import { UnseenChanges } from '../../../../src/features/connections/unseenChanges';
import { TreeFilter } from '../../../../src/features/connections/filter';
import { TreeGroups } from '../../../../src/features/connections/groups';
import { ConnectionsTree } from '../../../../src/features/connections/provider';
import { settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import { WorkspacePaths } from '../../../../src/ui/storage/workspacePaths';
import { openStorage } from '../../../support/fakes/storage';

/** Watches and actions in progress, controlled by a test. */
class Marks {
  readonly changes = new Emitter<readonly ResourcePath[]>();
  readonly onDidChange = this.changes.event;
  readonly #texts = new Map<ResourcePath, string>();
  readonly deleted = new Set<ResourcePath>();

  set(path: ResourcePath, text?: string): void {
    if (text === undefined) this.#texts.delete(path);
    else this.#texts.set(path, text);
    this.changes.fire([path]);
  }

  has(path: ResourcePath): boolean {
    return this.#texts.has(path);
  }

  getText(path: ResourcePath): string | undefined {
    return this.#texts.get(path);
  }

  isBeingDeleted(path: ResourcePath): boolean {
    return this.deleted.has(path);
  }
}

/**
 * Stops the timer of the tree in the tests of a suite, which say themselves when it looks. On a slow machine it would
 * look in between, too, and tell the same twice.
 */
export function stopTimers(): void {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    mock.timers.reset();
  });
}

/** The tree of connections with everything it depends on, and the events it fires. */
export class TreeWindow implements Disposable {
  readonly served: Served;
  readonly filter: TreeFilter;
  readonly groups: TreeGroups;
  readonly watches = new Marks();
  readonly ongoing = new Marks();
  readonly pins: WorkspacePaths;
  readonly unseen = new UnseenChanges();
  readonly provider: ConnectionsTree;
  readonly #storage = openStorage();
  /** What VS Code was asked to draw again: some rows, or everything. */
  readonly fired: (readonly ResourcePath[] | 'all')[] = [];
  /** How often the tree looked whether something changed. */
  looks = 0;

  constructor(parts: Partial<Session> = {}, accounts: readonly string[] = ['a']) {
    editor.reset();
    this.served = new Served(parts, accounts);
    this.filter = new TreeFilter(this.served.store, this.#storage);
    this.groups = new TreeGroups(this.#storage);
    this.pins = new WorkspacePaths(this.#storage, this.served, { prefix: 'pinned:' });
    this.provider = new ConnectionsTree(
      this.served.store,
      this.filter,
      this.groups,
      this.watches,
      this.ongoing,
      this.pins,
      this.unseen,
    );
    this.provider.onDidChangeTreeData((paths) => this.fired.push(paths ?? 'all'));
    this.provider.onDidCheck(() => this.looks++);
  }

  [Symbol.dispose](): void {
    this.provider.dispose();
    this.pins.dispose();
    this.filter.dispose();
    this.groups.dispose();
    this.#storage.dispose();
    this.served.store.dispose();
  }

  /** Draws the rows below a path, as VS Code does. */
  async draw(parent?: ResourcePath): Promise<readonly vscode.TreeItem[]> {
    const paths = await this.provider.getChildren(parent);
    return await Promise.all(paths.map((path) => this.provider.getTreeItem(path)));
  }

  /** Has the tree look at once. @returns what VS Code was asked to draw since the last time, which it has drawn since. */
  async look(): Promise<readonly (readonly ResourcePath[] | 'all')[]> {
    this.provider.flush();
    // Sessions are requested in turns, and rows compared in as many time slices as the machine needs.
    for (let turn = 0; turn < 12 || (this.fired.length === 0 && turn < 400); turn++) await settle();
    const fired = this.fired.splice(0);
    for (const paths of fired) await this.#drawAgain(paths);
    return fired;
  }

  async #drawAgain(paths: readonly ResourcePath[] | 'all'): Promise<void> {
    if (paths === 'all') await this.draw();
    for (const path of paths === 'all' ? [] : paths) {
      await this.provider.getTreeItem(path);
      if (this.provider.isExpanded(path)) await this.draw(path);
    }
  }
}
