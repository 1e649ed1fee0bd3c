import { getAccountId } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { idsWithin, inLowerCase, isGenerated, isQualified } from './idTokens';
import { isWholeValue, getKey } from './stringAt';
import type { Word } from './words';
import type { TextDocument } from 'vscode';

type IdStore = Pick<Store, 'find' | 'account'>;

/** True if a document contains generated IDs of an account. */
export type HoldsIds = (accountId: string) => boolean;

/** The loaded resources with an ID, in either case. */
export function findLoaded(store: Pick<Store, 'find'>, text: string): readonly Resource[] {
  const found = store.find(text);
  return found.length > 0 ? found : store.find(inLowerCase(text));
}

/**
 * Returns the loaded resources with an ID. An ID chosen by people, such as `PUBLIC`, is also an ordinary word. It
 * counts only as a whole value, and only if the key names the kind or the service, or if the document contains
 * generated IDs of the same account. One that says what it is of, such as `variables/page`, counts as any whole value.
 */
export function resourcesFor(
  store: IdStore,
  line: string,
  word: Word,
  holdsIds: HoldsIds,
): readonly Resource[] {
  const found = findLoaded(store, word.text);
  if (found.length === 0 || isGenerated(word.text)) return found;
  if (!isWholeValue(line, word)) return [];
  if (isQualified(word.text)) return found;
  const key = normalizeKey(getKey(line, word));
  return found.filter(({ kind, path }) => {
    const service = store.account(path)?.service;
    const isNamed = key.includes(kind.toLowerCase()) || (service !== undefined && key.includes(service));
    return isNamed || holdsIds(getAccountId(path));
  });
}

/** The accounts whose generated IDs a text contains. */
export function findAccounts(store: Pick<Store, 'find'>, text: string): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const { 0: token, index } of text.matchAll(/[\w%-]{12,}/g)) {
    const words = isGenerated(token) ? [{ text: token }] : idsWithin(token, index);
    for (const word of words) {
      for (const { path } of findLoaded(store, word.text)) accounts.add(getAccountId(path));
    }
  }
  return accounts;
}

function normalizeKey(key: string): string {
  return key.replaceAll(/[_-]/g, '').toLowerCase();
}

/** Lines above and below a place that are searched. */
const MAX_LINES = 5000;

/** Characters of a line that are searched. */
const MAX_LINE_LENGTH = 2000;

/** Milliseconds after which a document is searched again, because more IDs may be known. */
const LIFETIME_MS = 2000;

/**
 * Finds out to which accounts the IDs in a document belong. Evaluated only if a word of it is an ID chosen by people.
 */
export class DocumentAccounts {
  readonly #found = new WeakMap<
    TextDocument,
    { readonly version: number; readonly at: number; readonly accounts: ReadonlySet<string> }
  >();

  constructor(private readonly store: Store) {}

  /** Looks around a line of a document. */
  around(document: TextDocument, line: number): HoldsIds {
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
    const accounts = findAccounts(this.store, lines.join('\n'));
    this.#found.set(document, { version: document.version, at: now, accounts });
    return accounts;
  }
}
