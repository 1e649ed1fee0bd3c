import * as vscode from 'vscode';
import { expectError } from '../../core/base/errors';
import { isAbort } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import { getAccountId, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { toAbortSignal } from '../../ui/cancellation';
import {
  type Card,
  type CardContext,
  toCard,
  contentLines,
  cardCommands,
  cardsMarkdown,
  linesMarkdown,
} from './card';
import { type DocumentAccounts, findLoaded, resourcesFor } from './knownIds';
import { inLowerCase, idsAt } from './idTokens';
import type { Word } from './words';

/** An ID may be in many accounts. More cards are not shown. */
const MAX_CARDS = 4;

/** The ID under the pointer, and the loaded resources that have it. */
interface HoverTarget {
  readonly word: Word;
  readonly found: readonly Resource[];
}

/** The part of a hover that is shown immediately: what the store knows. */
export async function localHover(
  store: Store,
  documents: DocumentAccounts,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const target = targetsAt(store, documents, document, position).find(({ found }) => found.length > 0);
  return target && toHover(position, target.word, cardsMarkdown(await toCards(store, target.found)));
}

/**
 * The part of a hover that needs requests: for an ID that is not loaded, the resources that have it; for a loaded one,
 * what is below it. The token cancels the requests.
 * @param completed resources whose missing parts were loaded: a service that does not return them is asked only once.
 */
export async function remoteHover(
  store: Store,
  documents: DocumentAccounts,
  completed: Set<ResourcePath>,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  try {
    const targets = targetsAt(store, documents, document, position);
    return await hoverFromServices(store, completed, targets, token, position);
  } catch (error) {
    // The pointer or the editor is gone, or the account was removed. VS Code would log it as an error.
    if (!isAbort(error)) expectError(error, HttpError);
    return undefined;
  }
}

async function hoverFromServices(
  store: Store,
  completed: Set<ResourcePath>,
  targets: readonly HoverTarget[],
  token: vscode.CancellationToken,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const known = targets.find(({ found }) => found.length > 0);
  const signal = toAbortSignal(token);
  const words = known ? [known.word] : targets.map(({ word }) => word);
  for (const word of words) {
    const text = known
      ? await missingLines(store, completed, known.found, signal)
      : await remoteText(store, word, signal);
    if (text !== '') return toHover(position, word, text);
  }
  return undefined;
}

function targetsAt(
  store: Store,
  documents: DocumentAccounts,
  document: vscode.TextDocument,
  position: vscode.Position,
): readonly HoverTarget[] {
  // The text may have become shorter since the request.
  if (position.line >= document.lineCount) return [];
  const { text } = document.lineAt(position.line);
  const holdsIds = documents.around(document, position.line);
  return idsAt(text, position.character).map((word) => ({
    word,
    found: resourcesFor(store, text, word, holdsIds),
  }));
}

async function remoteText(store: Store, { text }: Word, signal: AbortSignal): Promise<string> {
  // Loaded resources are shown by the other hover, or the word means something else here.
  if (findLoaded(store, text).length > 0) return '';
  return cardsMarkdown(await toCards(store, await store.locate(inLowerCase(text), signal, 'passing')));
}

/** What is below a resource, if it was not loaded yet; one request. Leaves out lines that are already shown. */
async function missingLines(
  store: Store,
  completed: Set<ResourcePath>,
  found: readonly Resource[],
  signal: AbortSignal,
): Promise<string> {
  const [resource] = found;
  const context = resource && (await createContext(store, resource));
  if (!context || !isIncomplete(resource, context)) return '';
  if (completed.has(resource.path) && store.rows(resource.path)) return '';
  const known = new Set(contentLines(resource, context).map(({ text }) => text));
  const deeper = { depth: 1, scope: 'all' } as const;
  await store.load(resource.path, { signal, refresh: true, prefetch: deeper, priority: 'background' });
  completed.add(resource.path);
  const lines = contentLines(store.get(resource.path) ?? resource, context);
  return linesMarkdown(lines.filter(({ text }) => !known.has(text)));
}

/** True if one request would add something: the list itself, or backfills, which come with it. */
function isIncomplete({ path, hasChildren }: Resource, { session, rows }: CardContext): boolean {
  const below = rows(path);
  if (!below) return hasChildren;
  const datasets = below.filter(({ kind }) => kind === 'dataset');
  return session.hasBackfills === true && datasets.some((dataset) => !rows(dataset.path));
}

/** One card per account, because the same dataset may be below many connections. */
async function toCards(store: Store, found: readonly Resource[]): Promise<readonly Card[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of found) {
    const account = getAccountId(resource.path);
    groups.set(account, [...(groups.get(account) ?? []), resource]);
  }
  const cards = [...groups.values()].slice(0, MAX_CARDS).map(async (places) => {
    const [first, ...others] = places;
    const context = first && (await createContext(store, first));
    return context ? [toCard(first, others.length, context)] : [];
  });
  return (await Promise.all(cards)).flat();
}

async function createContext(store: Store, { path }: Resource): Promise<CardContext | undefined> {
  const account = store.account(path);
  // The account may be removed while the pointer rests.
  const session = account && (await store.session(path).catch(() => undefined));
  if (!session) return undefined;
  return {
    account,
    session,
    rows: (place) => store.rows(place),
    get: (place) => store.get(place),
    language: vscode.env.language,
    now: Date.now(),
  };
}

function toHover({ line }: vscode.Position, { start, end }: Word, text: string): vscode.Hover | undefined {
  if (text === '') return undefined;
  const markdown = new vscode.MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands: cardCommands };
  return new vscode.Hover(markdown, new vscode.Range(line, start, line, end));
}
