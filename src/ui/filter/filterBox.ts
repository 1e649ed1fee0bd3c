import * as vscode from 'vscode';
import { createQuickPick } from '../quickInput';
import { completeFilter, filterHint, type FilterSource } from './completions';

/** The filter of a view. */
export interface ViewFilter {
  /** As it was typed; empty if there is none. */
  readonly text: string;
  /** Sets and saves it. */
  set(text: string): void;
  /** Like `set`, for a text that is still being typed: it is not saved. */
  preview(text: string): void;
}

/** What the list below a filter shows. */
export interface FilterBoxContent {
  readonly title: string;
  /** The entry of an empty filter. */
  readonly all: string;
  /** How many rows match. */
  readonly count: () => string;
  readonly source: () => FilterSource;
}

/** An entry below the filter: the filter as typed, what is wrong with it, and its completions. */
interface FilterItem extends vscode.QuickPickItem {
  /** The filter with a completion; absent for the entries that apply it as it was typed. */
  readonly completed?: string;
}

/** Lets the user type a filter, which applies while it is typed. @returns false if Escape restored the previous one. */
export async function askFilter(filter: ViewFilter, content: FilterBoxContent): Promise<boolean> {
  const previous = filter.text;
  const accepted = await show(filter, content);
  filter.set(accepted ? filter.text : previous);
  return accepted;
}

function show(filter: ViewFilter, content: FilterBoxContent): Promise<boolean> {
  const pick = createQuickPick<FilterItem>();
  pick.setTexts({
    title: content.title,
    placeholder: vscode.l10n.t('Name, ID, status, or a key such as owner:'),
  });
  /** False until VS Code has the entries for the text: an Enter before that belongs to the text, not to an entry. */
  let current = false;
  const update = (text: string): void => {
    filter.preview(text);
    current = false;
    const items = toItems(text, content);
    pick.setItems(items);
    pick.setActiveItem(items[0]);
  };
  pick.value = filter.text;
  update(pick.value);
  return new Promise((resolve) => {
    const registration = vscode.Disposable.from(
      pick,
      pick.onDidChangeValue(update),
      pick.onDidChangeActiveItem((item) => {
        if (item?.completed === undefined) current = true;
      }),
      pick.onDidAccept(() => {
        const completed = current ? pick.getActiveItem()?.completed : undefined;
        if (completed === undefined) {
          resolve(true);
          pick.hide();
        } else {
          pick.value = completed;
          update(completed);
        }
      }),
      pick.onDidHide(() => {
        resolve(false);
        registration.dispose();
      }),
    );
    pick.show();
  });
}

/**
 * The first entry is the filter itself, so that Enter applies it. VS Code moves entries up whose label has the typed
 * text, first of all the one that is equal to it.
 */
function toItems(text: string, { all, count, source }: FilterBoxContent): readonly FilterItem[] {
  const from = source();
  const hint = filterHint(text, from);
  return [
    {
      label: text.trim() || all,
      description: count(),
      iconPath: new vscode.ThemeIcon('filter'),
      alwaysShow: true,
    },
    ...(hint === undefined
      ? []
      : [{ label: hint, iconPath: new vscode.ThemeIcon('info'), alwaysShow: true }]),
    ...completeFilter(text, from).map(({ word, meaning, filter: completed }) => ({
      ...{ label: word, description: meaning, completed },
      ...{ iconPath: new vscode.ThemeIcon('symbol-keyword'), alwaysShow: true },
    })),
  ];
}
