import * as vscode from 'vscode';
import { parseComparedText } from './comparedText';
import { compareScheme, jsonScheme } from '../../shared/identifiers';
import { parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import { showInformation } from '../messages';

/**
 * Closes the tabs that show JSON of an account which is gone, as its panels close: when it is removed in this window or
 * another, and when VS Code brings back a tab of before.
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
      .filter(({ input }) => this.#isGone(urisOfTab(input).flatMap(getPath)));
    if (tabs.length > 0) void close(tabs);
  }

  #isGone(paths: readonly ResourcePath[]): boolean {
    return paths.some((path) => this.store.account(path) === undefined);
  }
}

/** The resource whose JSON a document of ours shows; none for any other document, and for a file that was chosen. */
function getPath({ scheme, query }: vscode.Uri): readonly ResourcePath[] {
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
  // A tab that is closed meanwhile cannot be closed again, and one that was told of is not told of twice.
  const closed = await vscode.window.tabGroups.close(tabs, true).then(undefined, () => false);
  if (closed) await showInformation(message);
}

/** The addresses of everything that is open, in a tab or as a document. */
export function openAddresses(): ReadonlySet<string> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const documents = vscode.workspace.textDocuments.map(({ uri }) => uri);
  return new Set([...tabs.flatMap(({ input }) => urisOfTab(input)), ...documents].map(String));
}

/** The documents that a tab with one text or two shows. @param input of `vscode.Tab`. */
export function urisOfTab(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  return input instanceof vscode.TabInputText ? [input.uri] : [];
}
