import * as vscode from 'vscode';
import { inTurns } from '../../core/base/turns';
import { views } from '../../shared/contributions';
import { parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { ResourceKind } from '../../shared/kinds';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import { getName } from '../text';
import { render } from '../tree/render';
import { themeIcon } from '../tree/tooltip';
import { showInformation, showStatusMessage } from '../messages';
import { showQuickPick } from '../quickInput';
import { loadedItems } from './loadedItems';

/** The maximum number of skipped rows that a message names. */
const MAX_LEFT_OUT = 5;

/** A quick pick entry for a resource. */
export interface ResourceItem extends vscode.QuickPickItem {
  readonly path: ResourcePath;
}

interface RowTree {
  has(path: ResourcePath): boolean;
  resourceAt(path: ResourcePath): Resource;
}

interface TreeRows {
  readonly selection: readonly ResourcePath[];
  rowsAtFocus(): Promise<readonly ResourcePath[]>;
}

interface RunRows {
  rowsAtFocus(): Promise<readonly Resource[]>;
}

/** Provides the rows and the selection. */
export interface TargetSources {
  readonly store: Store;
  readonly tree: RowTree;
  readonly view: TreeRows;
  readonly runs: RunRows;
}

/** Finds the resources that a command acts on: its arguments, else the selection, else the user's choice. */
export class Targets {
  readonly #store: Store;
  readonly #tree: RowTree;
  readonly #view: TreeRows;
  readonly #runs: RunRows;

  constructor({ store, tree, view, runs }: TargetSources) {
    this.#store = store;
    this.#tree = tree;
    this.#view = view;
    this.#runs = runs;
  }

  /**
   * The resources among arguments, else the selection, that have one of the kinds. Asks nothing. If there are some, a
   * message names the skipped ones.
   */
  given(kinds: readonly ResourceKind[], path: unknown, paths: unknown): readonly Resource[] {
    return fitting(this.#rows(path, paths), kinds);
  }

  /** As `given`, without a message, for commands that may ignore the selection. */
  among(kinds: readonly ResourceKind[], path: unknown, paths: unknown): readonly Resource[] {
    return this.#rows(path, paths).filter(({ kind }) => kinds.includes(kind));
  }

  #rows(path: unknown, paths: unknown): readonly Resource[] {
    const named = toPaths(path, paths);
    const candidates = named.length > 0 ? named : this.#view.selection;
    return candidates.map((candidate) => this.#tree.resourceAt(candidate));
  }

  /**
   * The resources of one of the kinds that a key acts on, in the view that has the focus.
   * @param view the ID that the key binding passes. @returns undefined if it is not the ID of a view.
   */
  async atFocus(kinds: readonly ResourceKind[], view: unknown): Promise<readonly Resource[] | undefined> {
    const rows = await this.#rowsAtFocus(view);
    return rows && fitting(rows, kinds);
  }

  async #rowsAtFocus(view: unknown): Promise<readonly Resource[] | undefined> {
    if (view === views.runs) return this.#runs.rowsAtFocus();
    if (view !== views.connections) return undefined;
    return (await this.#view.rowsAtFocus()).map((path) => this.#tree.resourceAt(path));
  }

  /**
   * The resources of one of the kinds that a command acts on: the arguments, else the selection, else the user's choice.
   * Empty if the user canceled.
   */
  async some(
    kinds: readonly ResourceKind[],
    path: unknown,
    paths: unknown,
    title: string,
  ): Promise<readonly Resource[]> {
    await this.#load(toPaths(path, paths));
    const given = this.given(kinds, path, paths);
    if (given.length > 0) return given;
    const resource = await this.choose(kinds, title);
    return resource ? [resource] : [];
  }

  /** The user's choice among all loaded resources of those kinds. @param except is not offered. */
  async choose(
    kinds: readonly ResourceKind[],
    title: string,
    except?: ResourcePath,
  ): Promise<Resource | undefined> {
    const items = this.#choices(kinds).then((all) => all.filter(({ path }) => path !== except));
    const options = { title, matchOnDescription: true, matchOnDetail: true };
    const chosen = await showQuickPick(items, options);
    return chosen && this.#store.get(chosen.path);
  }

  /** Loads paths from links of hovers and other extensions that the tree does not have. @throws as `Store.resolve`. */
  async #load(paths: readonly ResourcePath[]): Promise<void> {
    const missing = paths.filter((path) => !this.#tree.has(path));
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
    const given = this.among(kinds, path, paths);
    if (given.length > 1) return this.chooseAmong(given, title);
    return given[0] ?? (await this.choose(kinds, title));
  }

  /** The user's choice of one of several selected rows. */
  async chooseAmong(rows: readonly Resource[], title: string): Promise<Resource | undefined> {
    const items = rows.map((row) => this.item(row));
    const options = { title, placeHolder: oneAtATime(rows.length), matchOnDescription: true };
    const chosen = await showQuickPick(items, options);
    return rows.find(({ path }) => path === chosen?.path);
  }

  /** All loaded resources of those kinds. Connections are loaded first. */
  async #choices(kinds: readonly ResourceKind[]): Promise<readonly ResourceItem[]> {
    await Promise.all(this.#store.accounts().map(({ path }) => this.#store.load(path, { all: true })));
    return inTurns(loadedItems(this.#store.loaded(), kinds, (resource) => this.item(resource)));
  }

  /** The quick pick entry of a resource: its name, ID and place in the tree. */
  item(resource: Resource): ResourceItem {
    const row = render(resource);
    return {
      path: resource.path,
      label: row.label,
      iconPath: themeIcon(row.icon),
      description: plainText(resource.id),
      detail: [row.description, this.#place(resource)].filter(Boolean).join(' · '),
    };
  }

  /** The names of the parents of a resource, with the account if there are several. */
  #place({ path }: Resource): string {
    const names = [this.#store.rootPath() ? undefined : this.#store.account(path)?.name];
    const steps = path.split('/');
    for (let length = 2; length < steps.length; length++) {
      names.push(this.#store.get(steps.slice(0, length).join('/') as ResourcePath)?.label);
    }
    return names
      .filter((name) => name !== undefined)
      .map((name) => plainText(name))
      .join(' › ');
  }
}

/** The prompt to choose one of several selected rows. */
export function oneAtATime(count: number): string {
  return vscode.l10n.t('This command works on one row at a time. Select one of the {0} selected rows', count);
}

/** The rows of one of the kinds. If there are some, a message names the others. */
function fitting(rows: readonly Resource[], kinds: readonly ResourceKind[]): readonly Resource[] {
  const fit = rows.filter(({ kind }) => kinds.includes(kind));
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
