import * as vscode from 'vscode';
import type { Resource } from '../../core/services/contract/resource';
import { stateIcons, type StatusState, stateWord } from '../../shared/status';
import { parseFilter, filterValues, type FilterTerm } from './terms';

/** The maximum number of completions: the list below the filter is read at a glance. */
const MAX_COMPLETIONS = 12;

/** The keys that a filter may have. The others are searched for as attributes too, but no service has any. */
export const FILTER_KEYS = [
  ...['name', 'id', 'status', 'owner', 'sandbox', 'dataset'],
  ...['role', 'connector', 'technology', 'type'],
] as const;

type FilterKey = (typeof FILTER_KEYS)[number];

/** A word that completes the one at the end of a filter. */
export interface Completion {
  /** `owner:`, or `owner:"Ann Lee"`. */
  readonly word: string;
  /** The meaning of the word, for people. */
  readonly meaning: string;
  /** The whole filter with it. */
  readonly filter: string;
}

/** What a filter is completed from. */
export interface FilterSource {
  /** What the rows are that the filter chooses from. */
  readonly of: 'connections' | 'runs';
  /** The loaded rows of all accounts. */
  readonly rows: readonly Resource[];
  /** Names of loaded datasets. */
  readonly datasets: readonly string[];
}

/**
 * The completions of the word at the end of a filter: keys, values after a key, and values that begin with a word, as in
 * the box of VS Code's Extensions view.
 */
export function completeFilter(text: string, source: FilterSource): readonly Completion[] {
  const word = /(?:^|\s)((?:[A-Za-z]+:)?(?:"[^"]*|[^\s"]*))$/.exec(text)?.[1];
  if (word === undefined) return [];
  const before = text.slice(0, text.length - word.length);
  const [, key, typed = ''] = /^(?:([A-Za-z]+):)?"?(.*)$/s.exec(word) ?? [];
  const found = key === undefined ? wordCompletions(typed, source) : valueCompletions(key, typed, source);
  return found
    .filter((completion) => completion.word !== word)
    .slice(0, MAX_COMPLETIONS)
    .map(({ word: complete, meaning }) => ({
      word: complete,
      meaning,
      filter: `${before}${complete}${complete.endsWith(':') ? '' : ' '}`,
    }));
}

type Word = Pick<Completion, 'word' | 'meaning'>;

/** Keys first; values only where a part of one was typed. */
function wordCompletions(typed: string, source: FilterSource): readonly Word[] {
  const start = typed.toLowerCase();
  const usable = usableKeys(source);
  const keys = usable
    .filter((key) => key.startsWith(start))
    .map((key) => ({ word: `${key}:`, meaning: keyMeaning(key, source) }));
  if (start === '') return keys;
  const values = usable.flatMap((key) =>
    getWords(key, source).filter(({ value }) => value.toLowerCase().startsWith(start)),
  );
  return [...keys, ...values];
}

function valueCompletions(key: string, typed: string, source: FilterSource): readonly Word[] {
  const part = typed.toLowerCase();
  const words = getWords(key.toLowerCase(), source);
  const starts = ({ value }: { readonly value: string }): boolean => value.toLowerCase().startsWith(part);
  const others = words.filter((word) => !starts(word) && word.value.toLowerCase().includes(part));
  return [...words.filter(starts), ...others];
}

/** The keys that some row has a value for; all while nothing is loaded. */
function usableKeys(source: FilterSource): readonly FilterKey[] {
  if (source.rows.length === 0) return FILTER_KEYS;
  return FILTER_KEYS.filter((key) => ['name', 'id'].includes(key) || getValues(key, source).length > 0);
}

function getWords(key: string, source: FilterSource): readonly (Word & { readonly value: string })[] {
  // Their number says nothing to a person who is to choose one.
  if (['name', 'id'].includes(key)) return [];
  return getValues(key, source).map((value) => ({
    value,
    word: `${key}:${/\s/.test(value) ? '"'.concat(value, '"') : value}`,
    meaning: key === 'status' ? stateWord(value as StatusState) : keyMeaning(key, source),
  }));
}

/** The distinct values of a key, in the order in which they are offered. */
function getValues(key: string, { rows, datasets }: FilterSource): readonly string[] {
  switch (key) {
    case 'status':
      return Object.keys(stateIcons).filter((state) => rows.some(({ status }) => status?.state === state));
    case 'dataset':
      return distinct(datasets);
    default:
      return distinct(rows.flatMap(({ searchAttributes }) => searchAttributes?.[key] ?? []));
  }
}

/** Quotes end a value, so one that has quotes cannot be written. */
function distinct(values: readonly string[]): readonly string[] {
  const usable = values.filter((value) => value !== '' && !value.includes('"'));
  return [...new Set(usable)].toSorted((a, b) => a.localeCompare(b));
}

function keyMeaning(key: string, { of }: FilterSource): string {
  switch (key) {
    case 'name':
      return vscode.l10n.t('Name');
    case 'id':
      return vscode.l10n.t('ID');
    case 'status':
      return vscode.l10n.t('Status');
    case 'owner':
      return vscode.l10n.t('Owner');
    case 'sandbox':
      return vscode.l10n.t('Sandbox');
    case 'dataset':
      return of === 'runs' ? vscode.l10n.t('Dataset') : vscode.l10n.t('Connections that use a dataset');
    case 'role':
      return vscode.l10n.t('Role');
    case 'connector':
      return vscode.l10n.t('Connector');
    case 'technology':
      return vscode.l10n.t('Technology');
    default:
      return vscode.l10n.t('Type');
  }
}

/** Why a filter finds less than its author may think: a key that there is not, or a value that no row has. */
export function filterHint(text: string, { of, rows }: FilterSource): string | undefined {
  const terms = parseFilter(text);
  const keys: readonly string[] = FILTER_KEYS;
  const unknown = terms.find(({ key }) => key !== undefined && !keys.includes(key));
  if (unknown?.key !== undefined)
    return vscode.l10n.t('Unknown key "{0}". Keys: {1}', unknown.key, keys.join(', '));
  // What uses a dataset is known to the services only.
  const known = terms.filter((term) => term.key !== undefined && term.key !== 'dataset');
  const missed = known.find((term) => rows.length > 0 && !rows.some((row) => has(row, term)));
  if (missed?.key === undefined) return undefined;
  if (of === 'runs') return vscode.l10n.t('No run has the {0} "{1}"', missed.key, missed.value);
  return vscode.l10n.t('No loaded connection has the {0} "{1}"', missed.key, missed.value);
}

function has(row: Resource, { key, value }: FilterTerm): boolean {
  return filterValues(row, key).some((text) => text.toLowerCase().includes(value));
}
