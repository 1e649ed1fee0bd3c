import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/emitter';
import { draggedIdsType } from '../../shared/identifiers';
import type { ResourcePath } from '../../core/services/contract/path';

type Provider = vscode.TreeDataProvider<ResourcePath>;

/** What provides the rows of a view. */
export interface Rows extends Required<Pick<Provider, 'getChildren' | 'getTreeItem' | 'getParent'>> {
  readonly onDidChangeTreeData: vscode.Event<ResourcePath[] | undefined>;
  resolveTreeItem(
    item: vscode.TreeItem,
    path: ResourcePath,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem>;
}

export interface LazyTreeOptions extends Pick<vscode.TreeViewOptions<ResourcePath>, 'showCollapseAll'> {
  /** Fills what is dragged. Absent if rows cannot be dragged. */
  readonly drag?: (paths: readonly ResourcePath[], transfer: vscode.DataTransfer) => Promise<void>;
}

/** A view that exists from the start. What provides its rows is loaded when VS Code first asks for them. */
export interface LazyTree extends Disposable {
  readonly view: vscode.TreeView<ResourcePath>;
  /** Passes the changes of rows on to VS Code. @returns what ends that. */
  follow(rows: Pick<Rows, 'onDidChangeTreeData'>): Disposable;
}

/** Creates a view of package.json. @param load loads its rows. */
export function createLazyTree(
  id: string,
  load: () => Promise<Rows>,
  { drag, ...options }: LazyTreeOptions = {},
): LazyTree {
  const changed = new vscode.EventEmitter<ResourcePath[] | undefined>();
  const view = vscode.window.createTreeView<ResourcePath>(id, {
    ...options,
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (path) => (await load()).getChildren(path),
      getTreeItem: async (path) => (await load()).getTreeItem(path),
      getParent: async (path) => (await load()).getParent(path),
      resolveTreeItem: async (item, path, token) => (await load()).resolveTreeItem(item, path, token),
    },
    ...(drag && {
      dragAndDropController: {
        dragMimeTypes: ['text/plain', draggedIdsType],
        dropMimeTypes: [],
        // VS Code waits for this before it drops.
        handleDrag: drag,
      },
    }),
  });
  return {
    view,
    follow: ({ onDidChangeTreeData }) =>
      onDidChangeTreeData((paths) => {
        changed.fire(paths);
      }),
    dispose: () => {
      view.dispose();
      changed.dispose();
    },
  };
}
