import * as vscode from 'vscode';
import { ancestry, getAccountId } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { ownSchemes } from '../../shared/identifiers';
import { serviceTitle } from '../../core/services/registry';
import type { ResourceKind } from '../../shared/kinds';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import { render } from '../../ui/tree/render';
import {
  completionContext,
  type CompletionContext,
  type CompletionReason,
  inSameAccount,
  wantsId,
} from './completionContext';
import {
  filterTextFor,
  LAST,
  placeOfTyped,
  typedSnippet,
  hasShortIds,
  formatId,
  isInsertable,
} from './completionItems';
import { findHolder } from './holders';
import type { IdsByName } from './idsByName';
import { inSlices } from '../../core/base/turns';
import type { Match, SearchedIds } from './searchIds';
import { toTextLines, MAX_ID_CHARS } from './words';
import { valueAt } from './valueAt';

/** More are not offered at once. Another letter narrows the list. */
const MAX_OFFERED = 50;

/** Lines above and below that show in which form IDs are written. */
const NEARBY_LINES = 10;

/** Length of a value from which it is worth loading the connections of all accounts. */
const MIN_VALUE_LENGTH = 3;

/** The icons of resources other than connections: a data view may have the name of its connection. */
const ITEM_KINDS: Partial<Record<ResourceKind, vscode.CompletionItemKind>> = {
  dataset: vscode.CompletionItemKind.Struct,
  dataView: vscode.CompletionItemKind.Interface,
  dimension: vscode.CompletionItemKind.Variable,
  metric: vscode.CompletionItemKind.Unit,
  pipeline: vscode.CompletionItemKind.Event,
  task: vscode.CompletionItemKind.Event,
  dataObject: vscode.CompletionItemKind.Class,
};

/** The settings in the section `editor.suggest` that hide rows of a kind. */
const KIND_SETTINGS: Partial<Record<vscode.CompletionItemKind, string>> = {
  [vscode.CompletionItemKind.Text]: 'showWords',
  [vscode.CompletionItemKind.Reference]: 'showReferences',
  [vscode.CompletionItemKind.Struct]: 'showStructs',
  [vscode.CompletionItemKind.Interface]: 'showInterfaces',
  [vscode.CompletionItemKind.Variable]: 'showVariables',
  [vscode.CompletionItemKind.Unit]: 'showUnits',
  [vscode.CompletionItemKind.Event]: 'showEvents',
  [vscode.CompletionItemKind.Class]: 'showClasses',
};

/** True if enough of a value is written to distinguish IDs. */
export function isWritingValue(document: vscode.TextDocument, { line, character }: vscode.Position): boolean {
  if (isOwn(document)) return false;
  const value = valueAt(toTextLines(document), line, character);
  return value !== undefined && value.text.trim().length >= MIN_VALUE_LENGTH;
}

/** True for documents created by the extension: drafts of actions and JSON. */
function isOwn({ uri }: vscode.TextDocument): boolean {
  return ownSchemes.includes(uri.scheme);
}

function candidatesFor(ids: IdsByName, document: vscode.TextDocument): SearchedIds {
  if (!isOwn(document)) return ids;
  return {
    all: function* () {
      return inSameAccount(yield* ids.all(), document.uri.query);
    },
    shortId: (resource) => ids.shortId(resource),
  };
}

/** What completions are made of. */
export interface CompletionSources {
  readonly store: Store;
  readonly ids: IdsByName;
}

/** The loaded IDs that match what is being typed. Sends no request. */
export async function completionsAt(
  { store, ids }: CompletionSources,
  document: vscode.TextDocument,
  { line, character: column }: vscode.Position,
  reason: CompletionReason,
  token: vscode.CancellationToken,
): Promise<vscode.CompletionList | undefined> {
  if (isOwn(document) && !wantsId(document.lineAt(line).text, column)) return undefined;
  const place = { text: toTextLines(document), line, column, reason };
  const context = await inSlices(
    completionContext(candidatesFor(ids, document), place, MAX_OFFERED),
    () => token.isCancellationRequested,
  );
  const matches = context?.matches.filter(isInsertable) ?? [];
  if (!context || matches.length === 0) return undefined;
  const short = hasShortIds(linesAround(document, line), (word) => detectStyle(store, word));
  const rows = matches.map((match, rank) => toItem(store, match, rank, line, context, short));
  const length = document.lineAt(line).text.length;
  // Incomplete, so that VS Code asks again for further letters instead of comparing them with filter texts only.
  return new vscode.CompletionList([typedItem(line, context, length), ...rows], true);
}

/**
 * Like `completionsAt`, for requests that VS Code sends with a letter and for users who ask right after one: generated
 * IDs immediately, names after a pause. Waits only if a name matches.
 * @param pauseMs milliseconds.
 */
export async function completionsAfterLetter(
  sources: CompletionSources,
  document: vscode.TextDocument,
  position: vscode.Position,
  pauseMs: number,
  token: vscode.CancellationToken,
): Promise<{ readonly reason: CompletionReason; readonly list: vscode.CompletionList } | undefined> {
  const begun = await completionsAt(sources, document, position, 'typing', token);
  if (begun) return { reason: 'typing', list: begun };
  const { version } = document;
  const list = await completionsAt(sources, document, position, 'pause', token);
  if (!list) return undefined;
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  return token.isCancellationRequested || document.version !== version
    ? undefined
    : { reason: 'pause', list };
}

/** The row that keeps the typed text, so that Enter does not insert an ID that the user did not choose. */
function typedItem(
  line: number,
  { word, matches }: CompletionContext,
  length: number,
): vscode.CompletionItem {
  const description = vscode.l10n.t('as typed');
  const item = new vscode.CompletionItem({ label: word.text, description }, typedItemKind(matches));
  item.insertText = new vscode.SnippetString(typedSnippet(word.start, length - word.end));
  item.filterText = filterTextFor(word.text, placeOfTyped(word.text));
  item.sortText = LAST;
  item.range = new vscode.Range(line, word.start, line, word.end);
  return item;
}

/** Plain text if possible. But VS Code hides the kinds that a user turned off, and this row must not be missing. */
function typedItemKind(matches: readonly Match[]): vscode.CompletionItemKind {
  const section = vscode.workspace.getConfiguration('editor.suggest');
  const kinds = [vscode.CompletionItemKind.Text, ...matches.map(toKind)];
  const shown = kinds.find((kind) => section.get<unknown>(KIND_SETTINGS[kind] ?? '') !== false);
  return shown ?? vscode.CompletionItemKind.Text;
}

function toKind({ resource }: Match): vscode.CompletionItemKind {
  return ITEM_KINDS[resource.kind] ?? vscode.CompletionItemKind.Reference;
}

function toItem(
  store: Store,
  match: Match,
  rank: number,
  line: number,
  { word, end }: CompletionContext,
  short: boolean,
): vscode.CompletionItem {
  const { resource } = match;
  const id = formatId(match, word.text, short);
  const account = store.account(resource.path);
  const places = store.find(resource.id);
  const others = new Set(places.map(({ path }) => getAccountId(path))).size - 1;
  const owner = plainText(account?.name ?? '');
  const accounts = others > 0 ? `${owner} +${others}` : owner;
  const place = [getDataViews(store, resource, places), getSandbox(store, resource)];
  const description = [...place, accounts].filter(Boolean).join(' · ');
  const item = new vscode.CompletionItem(
    { label: plainText(resource.label) || id, description },
    toKind(match),
  );
  const service = account && serviceTitle(account.service);
  item.detail = [service, owner, render(resource).description].filter(Boolean).join(' · ');
  item.documentation = id;
  item.insertText = id;
  item.filterText = filterTextFor(word.text, match.rank === 'id' ? 'id' : 'name');
  item.sortText = LAST + String(rank).padStart(3, '0');
  item.range = {
    inserting: new vscode.Range(line, word.start, line, word.end),
    replacing: new vscode.Range(line, word.start, line, end),
  };
  return item;
}

/** The data view that a dimension or metric is in, and how many others of the account have it too. */
function getDataViews(store: Store, { path }: Resource, places: readonly Resource[]): string {
  const holder = findHolder(path);
  if (holder?.kind !== 'dataView') return '';
  const account = getAccountId(path);
  const others = places.filter((place) => getAccountId(place.path) === account).length - 1;
  const name = plainText(store.get(holder.path)?.label ?? holder.id);
  return others > 0 ? `${name} +${others}` : name;
}

/** The sandbox of a resource, or of the connection that it belongs to: names repeat in each. */
function getSandbox(store: Store, { path }: Resource): string {
  for (const above of ancestry(path)) {
    const sandbox = store.get(above)?.searchAttributes?.sandbox;
    if (sandbox !== undefined) return plainText(sandbox);
  }
  return '';
}

function* linesAround(document: vscode.TextDocument, line: number): Iterable<string> {
  const last = Math.min(document.lineCount - 1, line + NEARBY_LINES);
  for (let at = Math.max(0, line - NEARBY_LINES); at <= last; at++) {
    if (at !== line) yield document.lineAt(at).text.slice(0, MAX_ID_CHARS);
  }
}

function detectStyle(store: Store, word: string): 'long' | 'short' | undefined {
  const [resource] = store.find(word);
  if (!resource) return undefined;
  return resource.id === word ? 'long' : 'short';
}
