import * as vscode from 'vscode';
import { inTurns } from '../../core/base/turns';
import { HttpError } from '../../core/http/errors';
import { views } from '../../shared/contributions';
import { parsePath, pathSegments, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { KINDS, type ResourceKind } from '../../shared/kinds';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import { getName } from '../text';
import { render } from '../tree/render';
import type { LastSelection } from '../tree/lastSelection';
import { themeIcon } from '../tree/tooltip';
import { showInformation, showStatusMessage } from '../messages';
import { type PickGroup, showGroupedQuickPick } from '../quickInput';
import type { WorkspacePaths } from '../storage/workspacePaths';
import { loadedItems } from './loadedItems';
import { groupByKind, MAX_RECENT_SHOWN, withRecent } from './pickGroups';

/** The maximum number of skipped rows that a message names. */
const MAX_LEFT_OUT = 5;

/** A quick pick entry for a resource. */
export interface ResourceItem extends vscode.QuickPickItem {
  readonly path: ResourcePath;
  /** A `kind` of VS Code would say that it is a separator. */
  readonly resourceKind: ResourceKind;
}

interface RowTree {
  has(path: ResourcePath): boolean;
  resourceAt(path: ResourcePath): Resource;
}

interface TreeRows {
  readonly visible: boolean;
  readonly selection: readonly ResourcePath[];
  rowsAtFocus(): Promise<readonly ResourcePath[]>;
}

interface RunRows {
  readonly visible: boolean;
  selectedRows(): readonly Resource[];
  rowsAtFocus(): Promise<readonly Resource[]>;
  /** Undefined for a path that is none of its runs. */
  resourceAt(path: ResourcePath): Resource | undefined;
}

/** Provides the rows and the selection. */
export interface TargetSources {
  readonly store: Store;
  readonly tree: RowTree;
  readonly view: TreeRows;
  readonly runs: RunRows;
  /** The selected rows of the view in which some were selected last. */
  readonly selected: Pick<LastSelection, 'rows'>;
  /** Recently used resources. */
  readonly recent: Pick<WorkspacePaths, 'list' | 'add' | 'remove'>;
}

/** Rows that a command may act on without asking, and those that it offers. */
interface RowsAtHand {
  /** Named by arguments or by the selection. */
  readonly named: readonly Resource[];
  /** Where the keyboard is, beside the selection. */
  readonly focused: readonly Resource[];
}

/**
 * Finds the resources that a command acts on: its arguments, else the rows where the user is in the tree, else the
 * user's choice. From the Command Palette there are no arguments, and the keyboard may be at a row that is not selected:
 * arrow keys do not select.
 */
export class Targets {
  readonly #store: Store;
  readonly #tree: RowTree;
  readonly #view: TreeRows;
  readonly #runs: RunRows;
  readonly #selected: TargetSources['selected'];
  readonly #recent: TargetSources['recent'];

  constructor({ store, tree, view, runs, selected, recent }: TargetSources) {
    this.#store = store;
    this.#recent = recent;
    this.#tree = tree;
    this.#view = view;
    this.#runs = runs;
    this.#selected = selected;
  }

  /**
   * The resources among arguments, else where the user is in the tree, that have one of the kinds. Asks nothing. If there
   * are some, a message names the skipped ones.
   */
  async given(kinds: readonly ResourceKind[], path: unknown, paths: unknown): Promise<readonly Resource[]> {
    return fitting(getRows(await this.#atHand(path, paths)), kinds);
  }

  /** As `given`, without a message, for commands that may ignore the selection. */
  async among(kinds: readonly ResourceKind[], path: unknown, paths: unknown): Promise<readonly Resource[]> {
    return ofKinds(getRows(await this.#atHand(path, paths)), kinds);
  }

  /**
   * As `given`, but without arguments only what is selected, for commands that act on everything else: who is at a row
   * does not mean it alone.
   */
  selected(kinds: readonly ResourceKind[], path: unknown, paths: unknown): readonly Resource[] {
    const named = toPaths(path, paths);
    return fitting(named.length > 0 ? this.#resources(named) : this.#selected.rows(), kinds);
  }

  /** As `among`, for commands that change something: a row where the keyboard is has not been named by that. */
  async atHand(kinds: readonly ResourceKind[], path: unknown, paths: unknown): Promise<RowsAtHand> {
    const { named, focused } = await this.#atHand(path, paths);
    return { named: ofKinds(named, kinds), focused: ofKinds(focused, kinds) };
  }

  async #atHand(path: unknown, paths: unknown): Promise<RowsAtHand> {
    const given = toPaths(path, paths);
    if (given.length > 0) return { named: this.#resources(given), focused: [] };
    const focused = [...(await this.#unselectedInTree()), ...(await this.#unselectedInRuns())];
    return focused.length > 0 ? { named: [], focused } : { named: this.#selected.rows(), focused: [] };
  }

  /** The row where the keyboard is, if it is not selected, and the tree had the focus last. */
  async #unselectedInTree(): Promise<readonly Resource[]> {
    const { visible, selection } = this.#view;
    if (!visible) return [];
    return this.#resources((await this.#view.rowsAtFocus()).filter((path) => !selection.includes(path)));
  }

  /** As `#unselectedInTree`, in the view of runs. */
  async #unselectedInRuns(): Promise<readonly Resource[]> {
    if (!this.#runs.visible) return [];
    const selected = new Set(this.#runs.selectedRows().map(({ path }) => path));
    return (await this.#runs.rowsAtFocus()).filter(({ path }) => !selected.has(path));
  }

  #resources(paths: readonly ResourcePath[]): readonly Resource[] {
    return paths.map((path) => this.#resourceAt(path));
  }

  /** Runs need not be in the tree, which loads them when it shows them. */
  #resourceAt(path: ResourcePath): Resource {
    const run = this.#tree.has(path) ? undefined : this.#runs.resourceAt(path);
    return run ?? this.#tree.resourceAt(path);
  }

  /**
   * The resources of one of the kinds that a key acts on, in the view that has the focus.
   * @param view the ID that the key binding passes. @returns undefined if it is not the ID of a view.
   */
  async atFocus(kinds: readonly ResourceKind[], view: unknown): Promise<readonly Resource[] | undefined> {
    const rows = await this.#rowsAtFocus(view);
    return rows && this.#used(fitting(rows, kinds));
  }

  async #rowsAtFocus(view: unknown): Promise<readonly Resource[] | undefined> {
    if (view === views.runs) return this.#runs.rowsAtFocus();
    if (view !== views.connections) return undefined;
    return this.#resources(await this.#view.rowsAtFocus());
  }

  /**
   * The resources of one of the kinds that a command acts on: as `given`, else the user's choice. Empty if the user canceled.
   */
  async some(
    kinds: readonly ResourceKind[],
    path: unknown,
    paths: unknown,
    title: string,
  ): Promise<readonly Resource[]> {
    await this.#load(toPaths(path, paths));
    const given = await this.given(kinds, path, paths);
    if (given.length > 0) return this.#used(given);
    const resource = await this.choose(kinds, title);
    return resource ? [resource] : [];
  }

  /**
   * The user's choice among all loaded resources of those kinds, and recently used ones. Stops loading when the user
   * has chosen or canceled.
   * @param except is not offered.
   * @throws as `Store.resolve`.
   */
  async choose(
    kinds: readonly ResourceKind[],
    title: string,
    except?: ResourcePath,
  ): Promise<Resource | undefined> {
    const controller = new AbortController();
    const isOffered = ({ path, resourceKind }: ResourceItem): boolean =>
      path !== except && kinds.includes(resourceKind);
    const items = this.#choices(kinds, controller.signal).then((all) => all.filter(isOffered));
    const groups = items.then(
      (all) => withRecent(this.recentItems().filter(isOffered), this.groups(all)),
      (error: unknown) => {
        if (controller.signal.aborted) return [];
        throw error;
      },
    );
    const chosen = await this.#ask(groups, { title, placeHolder: nameOrId() });
    controller.abort();
    return chosen && this.take(chosen.path);
  }

  #ask(
    groups: readonly PickGroup<ResourceItem>[] | Promise<readonly PickGroup<ResourceItem>[]>,
    texts: { readonly title: string; readonly placeHolder: string },
  ): Promise<ResourceItem | undefined> {
    return showGroupedQuickPick(groups, { ...texts, matchOnDescription: true, matchOnDetail: true });
  }

  /** The resource that was chosen, loaded if it is not. @throws as `Store.resolve`. */
  async take(path: ResourcePath): Promise<Resource> {
    try {
      const resource = await this.#store.resolve(path, { asked: true });
      this.#used([resource]);
      return resource;
    } catch (error) {
      if (error instanceof HttpError && error.kind === 'notFound') this.#recent.remove([path]);
      throw error;
    }
  }

  /** Remembers what is used, unless it is more than a quick pick would show. */
  #used(resources: readonly Resource[]): readonly Resource[] {
    if (resources.length <= MAX_RECENT_SHOWN) this.#recent.add(resources);
    return resources;
  }

  /** Quick pick entries of recently used resources, the latest first. Some may not be loaded. */
  recentItems(): readonly ResourceItem[] {
    return this.getItems([...this.#recent.list()].toReversed());
  }

  /** Quick pick entries of paths with their last known names. Those of accounts that are gone are left out. */
  getItems(named: Iterable<readonly [path: ResourcePath, name: string]>): readonly ResourceItem[] {
    return [...named].flatMap(([path, name]) => {
      if (!this.#store.account(path)) return [];
      const resource = this.#store.get(path);
      return resource ? [this.item(resource)] : (this.#unloadedItem(path, name) ?? []);
    });
  }

  #unloadedItem(path: ResourcePath, name: string): ResourceItem | undefined {
    const { kind = '', id = '' } = pathSegments(path).at(-1) ?? {};
    if (!isKind(kind)) return undefined;
    const label = plainText(name) || plainText(id);
    return {
      ...{ path, resourceKind: kind, label },
      iconPath: themeIcon({ id: KINDS[kind].icon }),
      description: idBeside(label, id),
      detail: [vscode.l10n.t('not loaded'), this.#place(path)].filter(Boolean).join(' · '),
    };
  }

  /** Entries by kind, and by account if there are several. */
  groups<T extends ResourceItem>(items: readonly T[]): readonly PickGroup<T>[] {
    return groupByKind(items, (path) => this.#accountName(path));
  }

  /** Loads paths from links of hovers and other extensions that no view has. @throws as `Store.resolve`. */
  async #load(paths: readonly ResourcePath[]): Promise<void> {
    const missing = paths.filter((path) => !this.#tree.has(path) && !this.#runs.resourceAt(path));
    await Promise.all(missing.map((path) => this.#store.resolve(path, { asked: true })));
  }

  /** As `some`, for commands that act on one row: the user chooses one of several. */
  async one(
    kinds: readonly ResourceKind[],
    path: unknown,
    paths: unknown,
    title: string,
  ): Promise<Resource | undefined> {
    await this.#load(toPaths(path, paths));
    const given = await this.among(kinds, path, paths);
    if (given.length > 1) return this.chooseAmong(given, title);
    this.#used(given);
    return given[0] ?? (await this.choose(kinds, title));
  }

  /** The user's choice of one of several selected rows. */
  async chooseAmong(rows: readonly Resource[], title: string): Promise<Resource | undefined> {
    const items = rows.map((row) => this.item(row));
    const chosen = await this.#ask(this.groups(items), { title, placeHolder: oneAtATime(rows.length) });
    return rows.find(({ path }) => path === chosen?.path);
  }

  /** All loaded resources of those kinds. Connections are loaded first. */
  async #choices(kinds: readonly ResourceKind[], signal: AbortSignal): Promise<readonly ResourceItem[]> {
    const accounts = this.#store.accounts();
    await Promise.all(accounts.map(({ path }) => this.#store.load(path, { all: true, signal })));
    const making = loadedItems(this.#store.loaded(), kinds, (resource) => this.item(resource));
    return inTurns(making, undefined, signal);
  }

  /** The quick pick entry of a resource: its name, ID and place in the tree. */
  item(resource: Resource): ResourceItem {
    const row = render(resource);
    return {
      path: resource.path,
      resourceKind: resource.kind,
      label: row.label,
      iconPath: themeIcon(row.icon),
      description: idBeside(row.label, resource.id),
      detail: [row.description, this.#place(resource.path)].filter(Boolean).join(' · '),
    };
  }

  /** The names of the parents of a resource, with the account if there are several. */
  #place(path: ResourcePath): string {
    const names = [this.#accountName(path)];
    const steps = path.split('/');
    for (let length = 2; length < steps.length; length++) {
      names.push(this.#store.get(steps.slice(0, length).join('/') as ResourcePath)?.label);
    }
    return names
      .filter((name) => name !== undefined)
      .map((name) => plainText(name))
      .join(' › ');
  }

  /** Undefined if there is only one account. */
  #accountName(path: ResourcePath): string | undefined {
    return this.#store.rootPath() ? undefined : this.#store.account(path)?.name;
  }
}

/** The placeholder of a quick pick of resources. */
export function nameOrId(): string {
  return vscode.l10n.t('Name, ID or place');
}

function isKind(kind: string): kind is ResourceKind {
  return kind in KINDS;
}

/** The prompt to choose one of several selected rows. */
export function oneAtATime(count: number): string {
  return vscode.l10n.t('This command works on one row at a time. Select one of the {0} selected rows', count);
}

function getRows({ named, focused }: RowsAtHand): readonly Resource[] {
  return [...named, ...focused];
}

function ofKinds(rows: readonly Resource[], kinds: readonly ResourceKind[]): readonly Resource[] {
  return rows.filter(({ kind }) => kinds.includes(kind));
}

/** The rows of one of the kinds. If there are some, a message names the others. */
function fitting(rows: readonly Resource[], kinds: readonly ResourceKind[]): readonly Resource[] {
  const fit = ofKinds(rows, kinds);
  if (fit.length > 0) reportLeftOut(rows.filter((row) => !fit.includes(row)));
  return fit;
}

/** Names the rows that a command does not apply to. */
export function reportLeftOut(rows: readonly Pick<Resource, 'label'>[]): void {
  if (rows.length === 0) return;
  const names = rows.slice(0, MAX_LEFT_OUT).map((row) => vscode.l10n.t('"{0}"', getName(row)));
  const others = rows.length - names.length;
  const more = others > 0 ? [vscode.l10n.t('and {0} more', others)] : [];
  void showInformation(
    vscode.l10n.t('Skipped because the command does not apply: {0}.', [...names, ...more].join(', ')),
  );
}

/** The paths among the arguments of a command. Other values are ignored. */
export function toPaths(path: unknown, paths: unknown): readonly ResourcePath[] {
  const named: readonly unknown[] = Array.isArray(paths) && paths.length > 0 ? paths : [path];
  return named.flatMap((name) => (typeof name === 'string' ? (parsePath(name) ?? []) : []));
}

/**
 * Copies lines to the clipboard and shows a message in the status bar. Without lines, does nothing.
 * @param message says what was copied.
 */
export async function copyLines(lines: readonly string[], message: () => string): Promise<void> {
  if (lines.length === 0) return;
  await vscode.env.clipboard.writeText(lines.join('\n'));
  showStatusMessage(message());
}

/** The ID beside the name of a quick pick entry; empty if both are the same, as with connections of Immuta. */
function idBeside(label: string, id: string): string {
  const shown = plainText(id);
  return shown === label ? '' : shown;
}
