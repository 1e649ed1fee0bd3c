import { getAccountId } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { idsWithin, inLowerCase, isGenerated } from './generatedId';
import { isWholeValue, getKey } from './idPlace';
import type { Word } from './word';

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
