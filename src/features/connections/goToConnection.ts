import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { inSlices } from '../../core/base/turns';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import { loadedItems } from '../../ui/commands/loadedItems';
import { withRecent } from '../../ui/commands/pickGroups';
import { nameOrId, type ResourceItem, type Targets } from '../../ui/commands/targets';
import { createQuickPick, type PickGroup, type QuickPick } from '../../ui/quickInput';
import { accountPlace, waitText } from '../../ui/text';
import { ConnectionSearch, type SearchProblem, type SearchResult } from './connectionSearch';

/** An entry with a resource or a command. */
interface GoToItem extends vscode.QuickPickItem {
  readonly path?: ResourcePath;
  readonly run?: () => void;
}

const KINDS = ['connection', 'dataset'] as const;

/**
 * Lets the user choose a connection or dataset: from loaded rows, recently used ones, and what services find for the
 * typed text.
 */
export async function chooseConnection(targets: Targets, store: Store): Promise<ResourcePath | undefined> {
  const picker = new ConnectionPicker(targets, store);
  return picker.show();
}

class ConnectionPicker {
  readonly #pick: QuickPick<GoToItem> = createQuickPick<GoToItem>();
  readonly #search: ConnectionSearch;
  #loaded: readonly ResourceItem[] = [];
  #groups: readonly PickGroup<GoToItem>[] = [];
  #latest = 0;
  #isHidden = false;

  constructor(
    private readonly targets: Targets,
    private readonly store: Store,
  ) {
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    this.#pick.keepScrollPosition = true;
    this.#search = new ConnectionSearch(store, (hasLoaded) => {
      if (hasLoaded) void this.#readLoaded();
      else this.#draw();
    });
  }

  show(): Promise<ResourcePath | undefined> {
    void this.#readLoaded();
    this.#search.start();
    this.#draw();
    return new Promise((resolve) => {
      const registration = vscode.Disposable.from(
        this.#pick,
        this.#search,
        this.#pick.onDidChangeValue((text) => {
          this.#search.type(text);
        }),
        this.#pick.onDidAccept(() => {
          const chosen = this.#pick.getActiveItem();
          chosen?.run?.();
          if (!chosen?.path) return;
          resolve(chosen.path);
          this.#pick.hide();
        }),
        this.#pick.onDidHide(() => {
          this.#isHidden = true;
          resolve(undefined);
          registration.dispose();
        }),
      );
      this.#pick.show();
    });
  }

  /** Creates the entries of loaded rows. Of several calls the last one counts. */
  async #readLoaded(): Promise<void> {
    const own = (this.#latest += 1);
    const making = loadedItems(this.store.loaded(), KINDS, (resource) => this.targets.item(resource));
    const items = await inSlices(making, () => this.#isHidden || own !== this.#latest);
    if (!items) return;
    this.#loaded = items;
    this.#draw();
  }

  #draw(): void {
    if (this.#isHidden) return;
    const { result } = this.#search;
    const title = vscode.l10n.t('Go to Connection');
    const wait = this.#waitText(result);
    this.#pick.setTexts({ title: wait ? `${title}: ${wait}` : title, placeholder: nameOrId() });
    this.#pick.busy = result.busy;
    const groups = this.#toGroups(result);
    const isSame = groups.length === this.#groups.length;
    if (isSame && groups.every((group, at) => isSameGroup(group, this.#groups[at]))) return;
    this.#groups = groups;
    const active = this.#pick.getActiveItem()?.path;
    this.#pick.setGroups(groups);
    const items = groups.flatMap((group) => group.items);
    const same = items.find(({ path }) => path !== undefined && path === active);
    // Else the first one is active, so that Enter has something to open.
    if (same) this.#pick.setActiveItem(same);
  }

  #waitText({ pause }: SearchResult): string | undefined {
    if (!pause) return undefined;
    const isOnly = this.store.accounts().length === 1;
    return waitText(pause.wait, isOnly ? '' : accountPlace(this.store, pause.account));
  }

  #toGroups({ found, problems }: SearchResult): readonly PickGroup<GoToItem>[] {
    const isOffered = ({ resourceKind }: ResourceItem): boolean =>
      KINDS.some((kind) => kind === resourceKind);
    const recent = this.targets.recentItems().filter(isOffered);
    const items = [...this.#loaded, ...found.map((resource) => this.#foundItem(resource))];
    return [
      { title: vscode.l10n.t('problems'), items: problems.map((problem) => this.#problemItem(problem)) },
      ...withRecent(recent, this.targets.groups(items)),
      { title: vscode.l10n.t('more'), items: [this.#datasetsItem()] },
    ];
  }

  /** VS Code would hide what a service found by something else than the shown texts. */
  #foundItem(resource: Resource): ResourceItem {
    const item = this.targets.item(resource);
    const detail = [vscode.l10n.t('not loaded'), item.detail].filter(Boolean).join(' · ');
    return { ...item, detail, alwaysShow: true };
  }

  #problemItem({ account, problem }: SearchProblem): GoToItem {
    const { title, detail, advice, retryable } = problem;
    return {
      label: plainText(title),
      description: accountPlace(this.store, account),
      detail: [detail, advice, retryable && vscode.l10n.t('Press Enter to try again.')]
        .filter((text) => typeof text === 'string')
        .map((text) => plainText(text))
        .join(' '),
      iconPath: new vscode.ThemeIcon('warning'),
      alwaysShow: true,
      run: () => {
        this.#search.retry();
      },
    };
  }

  #datasetsItem(): GoToItem {
    return {
      label: vscode.l10n.t('Search the datasets of all connections'),
      detail: vscode.l10n.t('Loads the datasets of every connection first'),
      iconPath: new vscode.ThemeIcon('search'),
      alwaysShow: true,
      run: () => {
        this.#search.loadDatasets();
      },
    };
  }
}

function isSameGroup(a: PickGroup<GoToItem>, b: PickGroup<GoToItem> | undefined): boolean {
  if (a.title !== b?.title || a.items.length !== b.items.length) return false;
  return a.items.every((item, at) => isSameItem(item, b.items[at]));
}

/** A loaded row keeps its entry until it is reloaded. */
function isSameItem(a: GoToItem, b: GoToItem | undefined): boolean {
  return a === b || (b !== undefined && isDeepStrictEqual(toShown(a), toShown(b)));
}

function toShown({ path, label, description, detail, iconPath }: GoToItem): unknown {
  return [path, label, description, detail, iconPath];
}
