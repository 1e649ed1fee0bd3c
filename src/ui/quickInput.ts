/**
 * Every input box and quick pick of the extension. Lint forbids the calls of `vscode.window` elsewhere:
 * prompts and validation messages render links and icons, entries render icons, and all of them may contain
 * texts of a service.
 */
import * as vscode from 'vscode';
import { inertLabel, inertText } from './inertText';

/** The texts of an input box or quick pick. `undefined` clears one. */
export interface InputTexts {
  readonly title?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly step?: number | undefined;
  readonly totalSteps?: number | undefined;
}

/** The texts of an input box. */
interface InputBoxTexts extends InputTexts {
  readonly prompt?: string | undefined;
  readonly validationMessage?: string | undefined;
}

/** An input box whose texts can be set through `setTexts` only. */
export type InputBox = Omit<vscode.InputBox, keyof InputBoxTexts> & {
  /** Sets the given texts, and leaves the others unchanged. */
  readonly setTexts: (texts: InputBoxTexts) => void;
};

/** Common members of input boxes and quick picks. */
export type QuickInput = Pick<
  InputBox,
  'ignoreFocusOut' | 'buttons' | 'onDidAccept' | 'onDidTriggerButton' | 'onDidHide' | 'show' | 'dispose'
> & { readonly setTexts: (texts: InputTexts) => void };

/** A quick pick whose texts and entries can be set through functions only. */
export type QuickPick<T extends vscode.QuickPickItem> = Omit<
  vscode.QuickPick<vscode.QuickPickItem>,
  keyof InputTexts | 'items' | `${'active' | 'selected'}Items` | `onDidChange${'Active' | 'Selection'}`
> & {
  readonly setTexts: (texts: InputTexts) => void;
  readonly setItems: (items: readonly T[]) => void;
  /** As `setItems`, with a separator above each group. */
  readonly setGroups: (groups: readonly PickGroup<T>[]) => void;
  /** The entry that Enter would accept. */
  readonly getActiveItem: () => T | undefined;
  /** Makes an entry active; none if it is not among the entries. */
  readonly setActiveItem: (item: T | undefined) => void;
  /** Fires when another entry becomes active, by VS Code or by the user. */
  readonly onDidChangeActiveItem: vscode.Event<T | undefined>;
};

/** What VS Code is given for an entry of the caller. */
interface Entry<T> extends vscode.QuickPickItem {
  readonly item: T;
}

/** An entry, or a separator, which has no item. */
type PickEntry<T> = vscode.QuickPickItem & { readonly item?: T };

/** As `vscode.window.showInputBox`. */
export async function showInputBox(options: vscode.InputBoxOptions): Promise<string | undefined> {
  return vscode.window.showInputBox({
    ...options,
    ...inertTexts(options, ['title']),
    ...inertTexts(options, ['prompt'], inertLabel),
    ...(options.validateInput && {
      validateInput: async (text: string) => inertValidation(await options.validateInput?.(text)),
    }),
  });
}

/** Options of a quick pick. Each says what it is about, and what to select: it may be opened by a key. */
export type QuickPickOptions = vscode.QuickPickOptions &
  Readonly<Required<Pick<vscode.QuickPickOptions, 'title' | 'placeHolder'>>>;

/** As `vscode.window.showQuickPick`. */
export async function showQuickPick<T extends vscode.QuickPickItem>(
  items: readonly T[] | Promise<readonly T[]>,
  options: QuickPickOptions,
): Promise<T | undefined> {
  const entries = Promise.resolve(items).then((all) => all.map(toEntry));
  const chosen = await vscode.window.showQuickPick(entries, {
    ...options,
    ...inertTexts(options, ['title']),
  });
  return chosen?.item;
}

/** Entries of a quick pick below a separator with a title. */
export interface PickGroup<T> {
  readonly title: string;
  readonly items: readonly T[];
}

/**
 * As {@link showQuickPick}, with a separator above each group. VS Code sorts entries by how well they match as soon as
 * something is typed, and then shows no separators.
 */
export async function showGroupedQuickPick<T extends vscode.QuickPickItem>(
  groups: readonly PickGroup<T>[] | Promise<readonly PickGroup<T>[]>,
  options: QuickPickOptions,
): Promise<T | undefined> {
  const entries = Promise.resolve(groups).then(toGroupedEntries);
  const chosen = await vscode.window.showQuickPick<PickEntry<T>>(entries, {
    ...options,
    ...inertTexts(options, ['title']),
  });
  return chosen?.item;
}

/** As {@link showQuickPick}, for any number of entries. */
export async function showQuickPickMany<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: QuickPickOptions,
): Promise<readonly T[] | undefined> {
  const texts = inertTexts(options, ['title']);
  const chosen = await vscode.window.showQuickPick(items.map(toEntry), {
    ...{ ...options, ...texts },
    canPickMany: true,
  });
  return chosen?.map(({ item }) => item);
}

/** An input box. The caller shows and disposes of it. */
export function createInputBox(): InputBox {
  const box = vscode.window.createInputBox();
  const setTexts = (texts: InputBoxTexts): void => {
    const drawn = inertTexts(texts, ['prompt', 'validationMessage'], inertLabel);
    Object.assign(box, texts, inertTexts(texts, ['title']), drawn);
  };
  return Object.assign(box, { setTexts });
}

/** A quick pick. The caller shows and disposes of it. */
export function createQuickPick<T extends vscode.QuickPickItem>(): QuickPick<T> {
  const pick = vscode.window.createQuickPick<PickEntry<T>>();
  return Object.assign(pick, {
    setTexts: (texts: InputTexts): void => {
      Object.assign(pick, texts, inertTexts(texts, ['title']));
    },
    setItems: (items: readonly T[]): void => {
      pick.items = items.map(toEntry);
    },
    setGroups: (groups: readonly PickGroup<T>[]) => {
      pick.items = toGroupedEntries(groups);
    },
    getActiveItem: () => pick.activeItems[0]?.item,
    onDidChangeActiveItem: (listener: (item: T | undefined) => unknown): vscode.Disposable =>
      pick.onDidChangeActive(([entry]) => listener(entry?.item)),
    setActiveItem: (item: T | undefined): void => {
      pick.activeItems = pick.items.filter((entry) => entry.item === item);
    },
  });
}

function toEntry<T extends vscode.QuickPickItem>(item: T): Entry<T> {
  return {
    ...item,
    ...{ label: inertLabel(item.label), item },
    ...(item.description !== undefined && { description: inertLabel(item.description) }),
    ...(item.detail !== undefined && { detail: inertLabel(item.detail) }),
  };
}

function toGroupedEntries<T extends vscode.QuickPickItem>(
  groups: readonly PickGroup<T>[],
): readonly PickEntry<T>[] {
  return groups
    .filter(({ items }) => items.length > 0)
    .flatMap(({ title, items }) => [toSeparator(title), ...items.map(toEntry)]);
}

function toSeparator(title: string): vscode.QuickPickItem {
  return { label: inertLabel(title), kind: vscode.QuickPickItemKind.Separator };
}

/** Of some texts those that are set, made inert. */
function inertTexts<K extends string>(
  texts: Partial<Readonly<Record<K, unknown>>>,
  names: readonly K[],
  inert: (text: string) => string = inertText,
): Readonly<Record<string, string>> {
  const set = names.flatMap((name) => {
    const text = texts[name];
    return typeof text === 'string' ? [[name, inert(text)]] : [];
  });
  return Object.fromEntries(set) as Readonly<Record<string, string>>;
}

type Validation = Awaited<ReturnType<NonNullable<vscode.InputBoxOptions['validateInput']>>>;

function inertValidation(validation: Validation): Validation {
  if (validation == null) return validation;
  if (typeof validation === 'string') return inertLabel(validation);
  return { ...validation, message: inertLabel(validation.message) };
}
