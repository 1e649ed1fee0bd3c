import * as vscode from 'vscode';
import { accountIdOf } from '../services/path';
import { serviceOf } from '../services/registry';
import type { ResourceKind } from '../services/service';
import type { Identified } from '../store/ids';
import type { Store } from '../store/store';
import { plainText } from '../tree/plainText';
import { render } from '../tree/render';
import { hasShortIds, idForm, isInsertable } from './idForm';
import { inSlices } from '../services/inSlices';
import { valueAt } from './quoted';
import { shortest } from './searchIds';
import { reach } from './word';
import { typedAt, type Typed } from './typedAt';

/** More are not offered at once; another letter tells the others apart. */
const offered = 50;

/** Lines above and below that are looked at for the form of ids. */
const nearby = 10;

/** The icons of what is no connection: a data view may have the name of its connection. */
const kinds: Partial<Record<ResourceKind, vscode.CompletionItemKind>> = {
  dataset: vscode.CompletionItemKind.Struct,
  dataView: vscode.CompletionItemKind.Interface,
  pipeline: vscode.CompletionItemKind.Event,
  task: vscode.CompletionItemKind.Event,
  dataObject: vscode.CompletionItemKind.Class,
};

/** True where enough of a value is written to tell ids apart. */
export function isWritingValue(document: vscode.TextDocument, { line, character }: vscode.Position): boolean {
  const value = valueAt(document.lineAt(line).text, character, document.languageId);
  return value !== undefined && value.text.trim().length >= shortest;
}

/** The ids that what is being typed may become, from what is loaded. Makes no request. */
export async function completionsAt(
  store: Store,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.CompletionList | undefined> {
  const { text } = document.lineAt(position.line);
  const typed = await inSlices(
    typedAt(() => store.identified(), text, position.character, document.languageId, offered),
    () => token.isCancellationRequested,
  );
  if (!typed) return undefined;
  const short = hasShortIds(linesAround(document, position.line), (word) => formOf(store, word));
  const items = typed.matches
    .filter(isInsertable)
    .map((match, rank) => itemOf(store, match, rank, typed, idForm(match, typed.word.text, short), position));
  // Incomplete: further letters are looked up here again, for VS Code would compare them with labels alone.
  return new vscode.CompletionList(items, true);
}

function itemOf(
  store: Store,
  { resource }: Identified,
  rank: number,
  { word, end }: Typed,
  id: string,
  { line }: vscode.Position,
): vscode.CompletionItem {
  const account = store.account(resource.path);
  const places = store.find(resource.id);
  const others = new Set(places.map(({ path }) => accountIdOf(path))).size - 1;
  const owner = plainText(account?.name ?? '');
  const item = new vscode.CompletionItem(
    { label: plainText(resource.label) || id, description: others > 0 ? `${owner} +${others}` : owner },
    kinds[resource.kind] ?? vscode.CompletionItemKind.Reference,
  );
  const service = account && (serviceOf(account.service)?.title ?? account.service);
  item.detail = [service, owner, render(resource).description].filter(Boolean).join(' · ');
  item.documentation = id;
  item.insertText = id;
  item.filterText = word.text;
  item.sortText = String(rank).padStart(3, '0');
  item.range = {
    inserting: new vscode.Range(line, word.start, line, word.end),
    replacing: new vscode.Range(line, word.start, line, end),
  };
  return item;
}

function* linesAround(document: vscode.TextDocument, line: number): Iterable<string> {
  const last = Math.min(document.lineCount - 1, line + nearby);
  for (let at = Math.max(0, line - nearby); at <= last; at++) {
    if (at !== line) yield document.lineAt(at).text.slice(0, reach);
  }
}

function formOf(store: Store, word: string): 'long' | 'short' | undefined {
  const [resource] = store.find(word);
  if (!resource) return undefined;
  return resource.id === word ? 'long' : 'short';
}
