import * as vscode from 'vscode';
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

/** One id may stand in many accounts; more cards than these nobody reads. */
const MAX_CARDS = 4;

/** The id under the pointer, and the loaded resources that have it. */
interface Spot {
  readonly word: Word;
  readonly found: readonly Resource[];
}

/** What is told at once of the id under the pointer: what the store knows. */
export async function knownHover(
  store: Store,
  documents: DocumentAccounts,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const spot = spotsAt(store, documents, document, position).find(({ found }) => found.length > 0);
  return spot && toHover(position, spot.word, cardsMarkdown(await toCards(store, spot.found)));
}

/**
 * What is told when it is there: of an id that is not loaded who has it, of one that is what lies below it. The reading
 * is cancelled with the token.
 * @param completed the resources whose missing parts were read: a service that does not send them is asked once.
 */
export async function missingHover(
  store: Store,
  documents: DocumentAccounts,
  completed: Set<ResourcePath>,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  try {
    const spots = spotsAt(store, documents, document, position);
    return await hoverFromServices(store, completed, spots, token, position);
  } catch (error) {
    // The pointer or the editor has gone, or the account with what it was on. VS Code would log it as a failure.
    if (isAbort(error) || error instanceof HttpError) return undefined;
    throw error;
  }
}

async function hoverFromServices(
  store: Store,
  completed: Set<ResourcePath>,
  spots: readonly Spot[],
  token: vscode.CancellationToken,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const known = spots.find(({ found }) => found.length > 0);
  const signal = toAbortSignal(token);
  const words = known ? [known.word] : spots.map(({ word }) => word);
  for (const word of words) {
    const text = known
      ? await missingLines(store, completed, known.found, signal)
      : await located(store, word, signal);
    if (text !== '') return toHover(position, word, text);
  }
  return undefined;
}

function spotsAt(
  store: Store,
  documents: DocumentAccounts,
  document: vscode.TextDocument,
  position: vscode.Position,
): readonly Spot[] {
  // The text may have become shorter since it was asked for.
  if (position.line >= document.lineCount) return [];
  const { text } = document.lineAt(position.line);
  const holdsIdsOf = documents.around(document, position.line);
  return idsAt(text, position.character).map((word) => ({
    word,
    found: resourcesFor(store, text, word, holdsIdsOf),
  }));
}

async function located(store: Store, { text }: Word, signal: AbortSignal): Promise<string> {
  // What is loaded was found, or means something else there.
  if (findLoaded(store, text).length > 0) return '';
  return cardsMarkdown(await toCards(store, await store.locate(inLowerCase(text), signal, 'passing')));
}

/** What lies below a resource, where it was not read before; one request. What was told already is left out. */
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

/** True where one request would tell more: of the list itself, or of backfills, which come along with it. */
function isIncomplete({ path, hasChildren }: Resource, { session, rows }: CardContext): boolean {
  const below = rows(path);
  if (!below) return hasChildren;
  const datasets = below.filter(({ kind }) => kind === 'dataset');
  return session.hasBackfills === true && datasets.some((dataset) => !rows(dataset.path));
}

/** One card for each account, for the same dataset may lie below many connections. */
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
  // The account may go while the pointer rests.
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
