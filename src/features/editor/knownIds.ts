import { getAccountId } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { idsWithin, inLowerCase, isGenerated } from './idTokens';
import { isWholeValue, getKey } from './stringAt';
import type { Word } from './words';
import type { TextDocument } from 'vscode';

/** What of the store is needed to look ids up. */
type IdStore = Pick<Store, 'find' | 'account'>;

/** Says whether a document holds generated ids of an account. */
export type HoldsIdsOf = (accountId: string) => boolean;

/** The loaded resources with an id, in whichever case it is written. */
export function findLoaded(store: Pick<Store, 'find'>, text: string): readonly Resource[] {
  const found = store.find(text);
  return found.length > 0 ? found : store.find(inLowerCase(text));
}

/**
 * The loaded resources that a word of a text stands for. An id that somebody chose, such as `PUBLIC`, is also an ordinary
 * word: it counts as the whole of a value, where the key names the kind or service, or where the document holds
 * generated ids of the same account.
 */
export function resourcesFor(
  store: IdStore,
  line: string,
  word: Word,
  holdsIdsOf: HoldsIdsOf,
): readonly Resource[] {
  const found = findLoaded(store, word.text);
  if (found.length === 0 || isGenerated(word.text)) return found;
  if (!isWholeValue(line, word)) return [];
  const key = plain(getKey(line, word));
  return found.filter(({ kind, path }) => {
    const service = store.account(path)?.service;
    const isNamed = key.includes(kind.toLowerCase()) || (service !== undefined && key.includes(service));
    return isNamed || holdsIdsOf(getAccountId(path));
  });
}

/** The accounts whose generated ids a text holds. */
export function accountsIn(store: Pick<Store, 'find'>, text: string): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const { 0: token, index } of text.matchAll(/[\w%-]{12,}/g)) {
    const words = isGenerated(token) ? [{ text: token }] : idsWithin(token, index);
    for (const word of words) {
      for (const { path } of findLoaded(store, word.text)) accounts.add(getAccountId(path));
    }
  }
  return accounts;
}

function plain(key: string): string {
  return key.replaceAll(/[_-]/g, '').toLowerCase();
}

/** Lines above and below a place that are searched. */
const MAX_LINES = 5000;

/** Characters of a line that are searched. */
const MAX_LINE_LENGTH = 2000;

/** Milliseconds after which a document is searched again: more ids may be known. */
const LIFETIME_MS = 2000;

/** Finds out whose ids a document holds; only when a word of it is an id that somebody chose. */
export class DocumentAccounts {
  readonly #found = new WeakMap<
    TextDocument,
    { readonly version: number; readonly at: number; readonly accounts: ReadonlySet<string> }
  >();

  constructor(private readonly store: Store) {}

  /** For words around a line of a document. */
  around(document: TextDocument, line: number): HoldsIdsOf {
    return (accountId) => this.#accounts(document, line).has(accountId);
  }

  #accounts(document: TextDocument, line: number): ReadonlySet<string> {
    const known = this.#found.get(document);
    const now = performance.now();
    if (known?.version === document.version && now - known.at < LIFETIME_MS) return known.accounts;
    const lines: string[] = [];
    const end = Math.min(document.lineCount, line + MAX_LINES);
    for (let at = Math.max(0, line - MAX_LINES); at < end; at++)
      lines.push(document.lineAt(at).text.slice(0, MAX_LINE_LENGTH));
    const accounts = accountsIn(this.store, lines.join('\n'));
    this.#found.set(document, { version: document.version, at: now, accounts });
    return accounts;
  }
}
