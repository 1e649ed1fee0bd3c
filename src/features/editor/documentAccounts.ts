import type { TextDocument } from 'vscode';
import type { Store } from '../../core/store/store';
import { accountsIn, type HoldsIdsOf } from './knownIds';

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
