import * as vscode from 'vscode';
import type { Store } from '../store/store';
import type { ConnectionsView } from '../tree/view';
import type { Handler } from './handler';
import type { ResourceItem, Targets } from './targets';
import { createQuickPick, type QuickPick } from '../ui/quickInput';

/** Goes to a connection or dataset of any account, by name or id. */
export function goToConnection(targets: Targets, store: Store, view: ConnectionsView): Handler {
  return async () => {
    const path = await choose(targets, store);
    if (path) await view.reveal(path);
  };
}

/** Lists what is loaded at once; connections and datasets that are not loaded yet come in while the user types. */
async function choose(targets: Targets, store: Store): Promise<ResourceItem['path'] | undefined> {
  const pick = createQuickPick<ResourceItem>();
  pick.setTexts({
    title: vscode.l10n.t('Go to Connection'),
    placeholder: vscode.l10n.t('Name or ID of a connection or dataset'),
  });
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  const show = (): void => {
    const items = [...store.loaded()]
      .filter(({ kind }) => kind === 'connection' || kind === 'dataset')
      .map((resource) => targets.item(resource));
    replaceItems(pick, items);
  };
  show();
  const controller = new AbortController();
  pick.busy = true;
  void loadEverything(store, controller.signal, show).finally(() => (pick.busy = false));
  return new Promise((resolve) => {
    const registration = vscode.Disposable.from(
      pick,
      pick.onDidAccept(() => {
        const chosen = pick.getActiveItem();
        if (!chosen) return;
        resolve(chosen.path);
        pick.hide();
      }),
      pick.onDidHide(() => {
        controller.abort();
        resolve(undefined);
        registration.dispose();
      }),
    );
    pick.show();
  });
}

/** Shows other items; the one that the user has moved to stays active, and items that are the same stay as they are. */
function replaceItems(pick: QuickPick<ResourceItem>, items: readonly ResourceItem[]): void {
  if (JSON.stringify(items) === JSON.stringify(pick.getItems())) return;
  const active = pick.getActiveItem()?.path;
  pick.setItems(items);
  pick.setActiveItem(items.find(({ path }) => path === active));
}

/** Connections first, then with one listing call per page the datasets of all of them. Failures show in the tree. */
async function loadEverything(store: Store, signal: AbortSignal, show: () => void): Promise<void> {
  const paths = store.accounts().map(({ path }) => path);
  try {
    await Promise.all(paths.map((path) => store.load(path, { all: true, asked: true, signal })));
    show();
    const deeper = { levels: 1, keep: 'all' } as const;
    const how = { refresh: true, all: true, asked: true, priority: 'background' } as const;
    await Promise.all(paths.map((path) => store.load(path, { ...how, deeper, signal })));
    show();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
