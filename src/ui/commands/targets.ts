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
import { themeIcon } from '../tree/themeIcon';
import { showInformation, showStatusMessage } from '../messages';
import { showQuickPick } from '../quickInput';
import { loadedItems } from './loadedItems';

/** So many rows that are left out are named. */
const MAX_LEFT_OUT = 5;

/** An entry of a quick pick that stands for a resource. */
export interface ResourceItem extends vscode.QuickPickItem {
  readonly path: ResourcePath;
}

/** The rows of the tree. */
interface RowTree {
  has(path: ResourcePath): boolean;
  resourceAt(path: ResourcePath): Resource;
}

/** A view of rows, of which some are selected or have the focus. */
interface TreeRows {
  readonly selection: readonly ResourcePath[];
  rowsAtFocus(): Promise<readonly ResourcePath[]>;
}

/** The view of runs. */
interface RunRows {
  rowsAtFocus(): Promise<readonly Resource[]>;
}

/** What knows the rows and what is selected. */
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
   * The resources among arguments and selection that have one of the kinds. Asks nobody. If there are some, those that the
   * command is not for are told: nothing is left out silently.
   */
  given(kinds: readonly ResourceKind[], path: unknown, paths: unknown): readonly Resource[] {
    return fitting(this.#rows(path, paths), kinds);
  }

  /** As `given`, for commands that need not be about what is selected: says nothing of the others. */
  among(kinds: readonly ResourceKind[], path: unknown, paths: unknown): readonly Resource[] {
    return this.#rows(path, paths).filter(({ kind }) => kinds.includes(kind));
  }

  /** The rows that are named, else those that are selected. */
  #rows(path: unknown, paths: unknown): readonly Resource[] {
    const named = toPaths(path, paths);
    const candidates = named.length > 0 ? named : this.#view.selection;
    return candidates.map((candidate) => this.#tree.resourceAt(candidate));
  }

  /**
   * The resources of one of the kinds that a key acts on, in the view that has the focus.
   * @param view its id, which a key binding hands over. @returns undefined where it is no such id.
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
   * The resources that a command is about: all that are selected. Those that it is not for are told. Empty where the user
   * chose none.
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

  /** The user's choice among everything of those kinds that is loaded. @param except not offered. */
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

  /** Loads what a link of a hover or another extension names and the tree has not. @throws as `Store.resolve`. */
  async #load(paths: readonly ResourcePath[]): Promise<void> {
    const missing = paths.filter((path) => !this.#tree.has(path));
    await Promise.all(missing.map((path) => this.#store.resolve(path, { asked: true })));
  }

  /** The one resource that a command is about: of several, the user chooses one. */
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

  /** The user's choice of one of several selected rows, for a command that takes one. */
  async chooseAmong(rows: readonly Resource[], title: string): Promise<Resource | undefined> {
    const items = rows.map((row) => this.item(row));
    const options = { title, placeHolder: oneAtATime(rows.length), matchOnDescription: true };
    const chosen = await showQuickPick(items, options);
    return rows.find(({ path }) => path === chosen?.path);
  }

  /** Everything of those kinds that is loaded, all connections included. */
  async #choices(kinds: readonly ResourceKind[]): Promise<readonly ResourceItem[]> {
    await Promise.all(this.#store.accounts().map(({ path }) => this.#store.load(path, { all: true })));
    return inTurns(loadedItems(this.#store.loaded(), kinds, (resource) => this.item(resource)));
  }

  /** The entry of a resource in a quick pick: its name, id, and where it lies. */
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

  /** What a resource lies below; the account is named where there are several. */
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

/** What is said where one of several selected rows has to be chosen. */
export function oneAtATime(count: number): string {
  return vscode.l10n.t('This command works on one row at a time. Select one of the {0} selected rows', count);
}

/** Those of one of the kinds. If there are some, the others are told. */
function fitting(rows: readonly Resource[], kinds: readonly ResourceKind[]): readonly Resource[] {
  const fit = rows.filter(({ kind }) => kinds.includes(kind));
  if (fit.length > 0) tellLeftOut(rows.filter((row) => !fit.includes(row)));
  return fit;
}

/** Says which of the selected rows a command is not for. */
export function tellLeftOut(rows: readonly Pick<Resource, 'label'>[]): void {
  if (rows.length === 0) return;
  const names = rows.slice(0, MAX_LEFT_OUT).map((row) => `"${getName(row)}"`);
  const others = rows.length - names.length;
  const more = others > 0 ? [vscode.l10n.t('and {0} more', others)] : [];
  void showInformation(
    vscode.l10n.t('Skipped because the command does not apply: {0}.', [...names, ...more].join(', ')),
  );
}

/** The paths among the arguments of a command; other things are passed by. */
export function toPaths(path: unknown, paths: unknown): readonly ResourcePath[] {
  const named: readonly unknown[] = Array.isArray(paths) && paths.length > 0 ? paths : [path];
  return named.flatMap((name) => (typeof name === 'string' ? (parsePath(name) ?? []) : []));
}

/**
 * Puts lines on the clipboard and says so. Nothing to copy: nothing is done.
 * @param lines one-line texts. @param told names what was copied.
 */
export async function copyLines(lines: readonly string[], told: () => string): Promise<void> {
  if (lines.length === 0) return;
  await vscode.env.clipboard.writeText(lines.join('\n'));
  showStatusMessage(told());
}
