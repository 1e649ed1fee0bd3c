import * as vscode from 'vscode';
import { rowCommands } from '../../shared/identifiers';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { findService } from '../../core/services/registry';
import type { Account } from '../../core/services/contract/signIn';
import type { Wait } from '../../core/http/types';
import type { Store } from '../../core/store/store';
import type { TreeFilter } from './filter';
import { clickedRow, RowsAtFocus } from '../../ui/tree/selectedRows';
import { plainText } from '../../shared/plainText';
import type { ConnectionsTree } from './provider';
import { render } from '../../ui/tree/render';
import { accountPlace, waitText } from '../../ui/text';
import { ContextKeys } from '../../ui/setContext';
import { DisposableStore } from '../../core/base/disposableStore';

/** Shorter waits (ms) are not mentioned. */
const NOTABLE_WAIT_MS = 1000;

/** The connections view: its title, message and selection. */
export class ConnectionsView implements vscode.Disposable {
  readonly #focus: RowsAtFocus<ResourcePath>;
  readonly #registrations = new DisposableStore();
  readonly #contextKeys = new ContextKeys();
  readonly #pauses = new Map<ResourcePath, Wait>();

  constructor(
    private readonly store: Store,
    private readonly filter: TreeFilter,
    private readonly provider: ConnectionsTree,
    private readonly tree: vscode.TreeView<ResourcePath>,
  ) {
    this.#focus = new RowsAtFocus(tree);
    const update = (): void => {
      this.#update();
    };
    this.#registrations.add(
      provider.onDidCheck(() => {
        update();
        void this.#offerCreate();
      }),
      vscode.commands.registerCommand(rowCommands.openRow, () => this.#openClicked()),
      tree.onDidChangeVisibility(({ visible }) => {
        provider.setVisible(visible);
      }),
      tree.onDidExpandElement(({ element }) => {
        provider.setExpanded(element, true);
        this.#contextKeys.setContext('expandedRow', true);
      }),
      tree.onDidCollapseElement(({ element }) => {
        provider.setExpanded(element, false);
      }),
      filter.onDidChange(update),
      store.onDidPause(({ path, wait }) => {
        if (wait && wait.delay < NOTABLE_WAIT_MS) return;
        if (wait) this.#pauses.set(path, wait);
        else if (!this.#pauses.delete(path)) return;
        update();
      }),
    );
    provider.setVisible(tree.visible);
    update();
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** The selected rows, in the order of selection. */
  get selection(): readonly ResourcePath[] {
    return this.tree.selection;
  }

  /** @throws HttpError `notFound` if a selected row no longer exists. */
  selectedRows(): readonly Resource[] {
    return this.selection.map((path) => this.provider.resourceAt(path));
  }

  /** What keyboard commands act on while the view has the focus. */
  rowsAtFocus(): Promise<readonly ResourcePath[]> {
    return this.#focus.get();
  }

  /** True while the view is visible. */
  get visible(): boolean {
    return this.tree.visible;
  }

  readonly onDidChangeSelection: vscode.Event<unknown> = (listener) =>
    this.tree.onDidChangeSelection(listener);

  readonly onDidChangeVisibility: vscode.Event<unknown> = (listener) =>
    this.tree.onDidChangeVisibility(listener);

  /**
   * Reveals a resource in the tree, loading what leads to it. Clears a filter that hides it.
   * @throws HttpError `notFound` if it no longer exists.
   */
  async reveal(path: ResourcePath): Promise<void> {
    await this.store.resolve(path, { asked: true });
    if (this.filter.hides(path)) {
      this.filter.set('');
      // VS Code only reveals rows that it was given, and requests them after a change event.
      this.provider.flush();
    }
    await this.tree.reveal(path, { select: true, focus: true, expand: true });
  }

  /** As with files, a click opens a preview. Commands that show nothing ignore the option. */
  async #openClicked(): Promise<void> {
    const path = await clickedRow(this.tree);
    if (!path || !this.provider.has(path)) return;
    const { command } = render(this.provider.resourceAt(path));
    if (command) await vscode.commands.executeCommand(command, path, { preview: true });
  }

  #update(): void {
    const { active, text } = this.filter;
    this.#contextKeys.setContext('filtered', active);
    this.#setAccountKeys();
    const lines = [
      this.#productionText(),
      this.#healthText(),
      this.#pauseText(),
      active ? this.#filterText(text) : this.#groupsText(),
    ];
    this.tree.message = lines.filter(Boolean).join('\n');
    this.#showAccount();
  }

  /** Sets the context keys that complete the steps of the walkthrough about accounts. */
  #setAccountKeys(): void {
    const paths = this.store.accounts().map(({ path }) => path);
    const own = paths.filter((path) => this.store.account(path)?.sample === false);
    this.#contextKeys.setContext('hasSampleAccount', own.length < paths.length);
    this.#contextKeys.setContext('hasOwnAccount', own.length > 0);
    this.#contextKeys.setContext(
      'hasOwnConnections',
      own.some((path) => this.#listsConnections(path)),
    );
  }

  /** False if a problem row is there: Adobe lists nothing for an account without permission, and no error. */
  #listsConnections(account: ResourcePath): boolean {
    const rows = this.store.rows(account) ?? [];
    return rows.length > 0 && rows.every(({ kind }) => kind !== 'problem');
  }

  /** If there is one account, its row is not shown, so what can be created in it is in the menu of the view. */
  async #offerCreate(): Promise<void> {
    const path = this.store.rootPath();
    const resource = path && this.store.get(path);
    const session = resource && (await this.store.session(resource.path).catch(() => undefined));
    const offers = resource ? (session?.actions?.(resource) ?? []) : [];
    this.#contextKeys.setContext(
      'canCreate',
      offers.some(({ verb }) => verb === 'create'),
    );
  }

  #filterText(text: string): string {
    const { shown, loaded, total } = this.filter.count();
    const counts = vscode.l10n.t('{0} of {1} connections match "{2}".', shown, loaded, text);
    return [counts, ...notLoadedText(total - loaded)].join(' ');
  }

  /** Groups and their counts are of what is loaded. */
  #groupsText(): string | undefined {
    if (!this.provider.groups.kind) return undefined;
    const { loaded, total } = this.filter.count();
    const [missing] = notLoadedText(total - loaded);
    return missing && `${vscode.l10n.t('Groups have loaded connections only.')} ${missing}`;
  }

  #pauseText(): string | undefined {
    const [text] = [...this.#pauses].map(([path, wait]) =>
      waitText(wait, this.#onlyAccount() ? '' : accountPlace(this.store, path)),
    );
    return text;
  }

  /** If there is one account, its connections are at the root, so the title names it. */
  #showAccount(): void {
    const account = this.#onlyAccount();
    const production = account?.production ? ` (${vscode.l10n.t('Production')})` : '';
    this.tree.title = account ? `${plainText(account.name)}${production}` : vscode.l10n.t('Connections');
    this.tree.description = (account && findService(account.service)?.title) ?? '';
  }

  /** If there is one account, its row is not shown, so its health is shown here. */
  #healthText(): string | undefined {
    const path = this.store.rootPath();
    const isShown = path && this.store.rows(path)?.some(({ kind }) => kind === 'problem');
    return path && !isShown ? this.store.get(path)?.status?.label : undefined;
  }

  /** A narrow side bar cuts off the title and its production mark. */
  #productionText(): string | undefined {
    return this.#onlyAccount()?.production ? vscode.l10n.t('Production') : undefined;
  }

  #onlyAccount(): Account | undefined {
    const path = this.store.rootPath();
    return path && this.store.account(path);
  }
}

function notLoadedText(missing: number): readonly string[] {
  if (missing <= 0) return [];
  return [
    missing === 1
      ? vscode.l10n.t('1 connection is not loaded.')
      : vscode.l10n.t('{0} connections are not loaded.', missing),
  ];
}
