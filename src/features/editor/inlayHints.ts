import * as vscode from 'vscode';
import { serviceTitle } from '../../core/services/registry';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import { type DocumentAccounts, findLoaded, resourcesFor } from './knownIds';
import { hintsIn } from './idTokens';
import type { Word } from './words';

/** Longer names are truncated, because hints are shown between the user's text. */
const MAX_HINT_CHARS = 40;

/** The names of the visible IDs, from what is loaded. */
export function inlayHintsIn(
  store: Store,
  documents: DocumentAccounts,
  document: vscode.TextDocument,
  { start, end }: vscode.Range,
): vscode.InlayHint[] {
  const lineAt = (line: number): string => document.lineAt(line).text;
  const last = Math.min(end.line, document.lineCount - 1);
  const isKnown = (word: Word, text: string, line: number): boolean =>
    getName(resourcesFor(store, text, word, documents.around(document, line))) !== '';
  return hintsIn(lineAt, start.line, last, isKnown).map(({ line, column, id }) => {
    const found = findLoaded(store, id);
    const hint = new vscode.InlayHint(new vscode.Position(line, column), getName(found));
    hint.paddingLeft = true;
    hint.tooltip = describeOwners(store, found);
    return hint;
  });
}

/** The distinct names of an ID, or an empty text if the name is the ID. */
function getName(found: readonly Resource[]): string {
  const names = found
    .filter(({ id, label }) => label !== id)
    .map(({ label }) => plainText(label, MAX_HINT_CHARS));
  return [...new Set(names)].slice(0, 2).join(' / ');
}

function describeOwners(store: Store, found: readonly Resource[]): string {
  const owners = found.map(({ path }) => {
    const account = store.account(path);
    return account ? `${serviceTitle(account.service)} · ${plainText(account.name)}` : '';
  });
  return [...new Set(owners)].join('\n');
}
