import * as vscode from 'vscode';
import type { ResourcePath } from '../../core/services/contract/path';
import type { RunTrackingContext } from './runTracking';

interface Tree {
  isExpanded(path: ResourcePath): boolean;
  readonly onDidExpand: vscode.Event<void>;
}

interface View {
  readonly visible: boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
}

interface VisiblePanels {
  /** The resources whose panels are on screen. */
  readonly visible: readonly ResourcePath[];
  readonly onDidChangeVisible: vscode.Event<undefined>;
}

/** What of the connections is on screen: the tree, its expanded rows, and panels. */
export function createScreen(tree: Tree, view: View, panels: VisiblePanels): RunTrackingContext['screen'] {
  return {
    get treeVisible() {
      return view.visible;
    },
    get panels() {
      return panels.visible;
    },
    isExpanded: (path) => tree.isExpanded(path),
    onDidChange: (listener) =>
      vscode.Disposable.from(
        ...[tree.onDidExpand, view.onDidChangeVisibility, panels.onDidChangeVisible].map((event) =>
          event(() => {
            listener(undefined);
          }),
        ),
      ),
  };
}
