import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { inSlices } from '../http/turns';
import type { Store } from '../store/store';
import type { ConnectionsView } from '../tree/view';
import type { Handler } from './handler';
import { loadedItems } from './loadedItems';
import type { ResourceItem, Targets } from './targets';
import { createQuickPick, type Entry, type QuickPick } from '../ui/quickInput';

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
  const controller = new AbortController();
  let latest = 0;
  const show = async (): Promise<void> => {
    const own = (latest += 1);
    const isOver = (): boolean => controller.signal.aborted || own !== latest;
    const making = loadedItems(store.loaded(), ['connection', 'dataset'], (resource) =>
      pick.entryOf(targets.item(resource)),
    );
    const entries = await inSlices(making, isOver);
    if (entries) replaceEntries(pick, entries);
  };
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

/** Shows other entries; the one that the user has moved to stays active, and entries that are the same stay as they are. */
function replaceEntries(pick: QuickPick<ResourceItem>, entries: readonly Entry<ResourceItem>[]): void {
  const shown = pick.getEntries();
  if (entries.length === shown.length && entries.every((entry, at) => isSame(entry, shown[at]))) return;
  const active = pick.getActiveItem()?.path;
  pick.setEntries(entries);
  pick.setActiveItem(entries.find(({ item }) => item.path === active)?.item);
}

function isSame({ item, ...entry }: Entry<ResourceItem>, other: Entry<ResourceItem> | undefined): boolean {
  if (item.path !== other?.item.path || !isDeepStrictEqual(entry.iconPath, other.iconPath)) return false;
  const texts = ['label', 'description', 'detail'] as const;
  return texts.every((text) => entry[text] === other[text]);
}

/** Connections first, then with one listing call per page the datasets of all of them. Failures show in the tree. */
async function loadEverything(store: Store, signal: AbortSignal, show: () => Promise<void>): Promise<void> {
  const paths = store.accounts().map(({ path }) => path);
  try {
    await show();
    await Promise.all(paths.map((path) => store.load(path, { all: true, asked: true, signal })));
    await show();
    const deeper = { levels: 1, keep: 'all' } as const;
    const how = { refresh: true, all: true, asked: true, priority: 'background' } as const;
    await Promise.all(paths.map((path) => store.load(path, { ...how, deeper, signal })));
    await show();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
