import * as vscode from 'vscode';
import { parseComparedText } from './comparedText';
import { compareScheme, jsonScheme } from '../../shared/identifiers';
import { parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import { showInformation } from '../messages';
import { urisOfTab } from './openUris';

/**
 * Closes the tabs that show JSON of a removed account, as its panels close: when it is removed in this window
 * or another, and when VS Code restores such a tab.
 */
export class AccountTabs implements vscode.Disposable {
  readonly #registration: vscode.Disposable;

  constructor(private readonly store: Pick<Store, 'account' | 'onDidChange'>) {
    this.#registration = vscode.Disposable.from(
      store.onDidChange((paths) => {
        if (paths.length === 0) this.#check();
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
        if (opened.length > 0) this.#check();
      }),
    );
    this.#check();
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #check(): void {
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => this.#isGone(urisOfTab(input).flatMap(shownPaths)));
    if (tabs.length > 0) void close(tabs);
  }

  #isGone(paths: readonly ResourcePath[]): boolean {
    return paths.some((path) => this.store.account(path) === undefined);
  }
}

/**
 * The resource whose JSON one of our documents shows; empty for other documents, and for files that the user
 * chose.
 */
export function shownPaths({ scheme, query }: vscode.Uri): readonly ResourcePath[] {
  if (scheme === jsonScheme) return [parsePath(query) ?? []].flat();
  const source = scheme === compareScheme ? parseComparedText(query)?.source : undefined;
  return source && 'path' in source ? [source.path] : [];
}

async function close(tabs: readonly vscode.Tab[]): Promise<void> {
  const [{ label } = { label: '' }] = tabs;
  const message =
    tabs.length === 1
      ? vscode.l10n.t('"{0}" was closed because its account no longer exists.', label)
      : vscode.l10n.t('{0} tabs were closed because their account no longer exists.', tabs.length);
  // Fails for tabs that were closed meanwhile, which have been reported already.
  const closed = await vscode.window.tabGroups.close(tabs, true).then(undefined, () => false);
  if (closed) await showInformation(message);
}
