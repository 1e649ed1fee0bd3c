import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths';
import type { Mutant } from './mutants';

/** A mutant that no test can detect, because it changes no behavior. */
export interface Equivalent {
  /** Relative to the root, with slashes. */
  readonly path: string;
  /** Code that contains the change, as in the file except for whitespace. */
  readonly code: string;
  /** The part of the code that is changed; default: all of it. */
  readonly original?: string;
  /** The replacement; default: any. */
  readonly replacement?: string;
  /** Why it changes no behavior. */
  readonly reason: string;
}

/** By file. Unnecessary code is deleted instead of listed. */
export const EQUIVALENTS: readonly Equivalent[] = [
  {
    path: 'src/shared/jsonFormatter.ts',
    code: 'new Uint8Array(2 * length)',
    original: '2',
    reason: 'By how much it grows does not matter, if it does not grow each time.',
  },
  {
    path: 'src/core/services/immuta/levels/tasks.ts',
    code: 'readPosition({ size: 100,',
    original: '100',
    reason: 'More than that is never requested.',
  },
  {
    path: 'src/core/services/cja/actions/dataViewDocument.ts',
    code: "['INACTIVITY', 'BEFORE_EVENTS']",
    reason: 'Examples of a word that may be any.',
  },
  {
    path: 'src/features/details/accountSummary.ts',
    code: 'status?.state ?? []',
    reason: 'No state is undefined.',
  },
  {
    path: 'src/core/redaction/lookedLikeSecrets.ts',
    code: 'yield [from, end < 0 ? text.length : end]',
    original: '0',
    reason: 'What ends is behind what begins.',
  },
  {
    path: 'src/core/http/attempt.ts',
    code: 'text.length > MAX_ERROR_BODY_BYTES',
    reason: 'What is read beyond it is cut off.',
  },
  {
    path: 'src/core/services/krenalis/client/transport.ts',
    code: 'this.#requests += 1',
    original: '1',
    reason: 'Of the numbers, only the order counts.',
  },
  {
    path: 'src/core/store/graph.ts',
    code: 'this.memory.set(resource.path, 0)',
    original: '0',
    reason: 'A byte of megabytes.',
  },
  {
    path: 'src/features/runs/runsView.ts',
    code: 'this.#changed.dispose();',
    reason: 'The view that listens is disposed of as well.',
  },
  {
    path: 'src/core/http/networkError.ts',
    code: 'publicText(host, secrets, 100)',
    original: '100',
    reason: 'A character more of a host of a message.',
  },
  {
    path: 'src/features/accounts/storedAccount.ts',
    code: 'a.id < b.id',
    reason: 'No two accounts have the same ID.',
  },
  {
    path: 'src/core/store/sorting.ts',
    code: 'for (let at = 0; at < items.length; at += STEP_ITEMS)',
    original: 'at < items.length',
    reason: 'One more part that is empty: merged with the others it adds nothing.',
  },
  {
    path: 'src/core/store/listReading.ts',
    code: 'pages: 200',
    original: '200',
    reason: 'A bound far above any list of a documented size: nobody counts its pages.',
  },
  {
    path: 'src/features/compare/jsonTexts.ts',
    code: 'this.#heads.set(key, head);',
    reason: 'What is remembered of a key is made again where it is not.',
  },
  {
    path: 'src/core/export/inventory.ts',
    code: 'at < connections.length',
    reason: 'One more part that is empty.',
  },
  {
    path: 'src/core/export/inventory.ts',
    code: 'reduce<number>((sum, cell) => sum + String(cell).length, 0)',
    original: '0',
    reason: 'A character of the room for millions.',
  },
  {
    path: 'src/core/export/inventory.ts',
    code: 'cursor?.length ?? 0',
    original: '0',
    reason: 'A character of the room for millions.',
  },
  {
    path: 'src/ui/tree/selectedRows.ts',
    code: 'let waited = 0',
    original: '0',
    reason: 'It grows by 25 up to 2000: from 1 on it takes as many steps.',
  },
  {
    path: 'src/features/connections/provider.ts',
    code: 'this.#disposed = true',
    original: 'true',
    reason: 'Whoever would be told of what is compared any more was disposed of as well.',
  },
  {
    path: 'src/features/runs/poller.ts',
    code: 'Math.max(0, this.#dueAt(loop) - clock.now())',
    original: '0',
    reason: 'A millisecond before what is due at once is nothing.',
  },
  {
    path: 'src/features/runs/crossWindow.ts',
    code: 'const LIFETIME_MS = 30 * 24 * 3_600_000',
    original: '24',
    reason: 'A run that was not heard of for a month is forgotten a day later.',
  },
  {
    path: 'src/core/services/common/jsonText.ts',
    code: "2 + 6 * '$schema'.length",
    original: '2',
    reason: 'A shortcut: a longer string is not that key when it is read either.',
  },
  {
    path: 'src/core/services/common/jsonText.ts',
    code: "2 + 6 * '$schema'.length",
    original: '6',
    reason: 'A shortcut: a longer string is not that key when it is read either.',
  },
  {
    path: 'src/core/services/cja/levels/connections.ts',
    code: 'connectionItems(account, values, 0, call.turns)',
    original: '0',
    reason: 'It is part of the paths of broken items, which are left out here.',
  },
  {
    path: 'src/features/accounts/accountSync.ts',
    code: 'if (checks) this.#subscriptions.add(checks);',
    original: 'this.#subscriptions.add(checks);',
    reason: 'A look after the end does nothing.',
  },
  {
    path: 'src/core/redaction/characters.ts',
    code: 'code >= 0 && code < 0x80',
    original: '0x80',
    reason: 'U+0080 occurs in no escape.',
  },
  {
    path: 'src/core/services/cja/client/token.ts',
    code: 'RENEWAL_MARGIN_S = 5 * 60',
    original: '60',
    reason: 'Five seconds more of a margin.',
  },
  {
    path: 'src/features/details/jsonTabPresenter.ts',
    code: 'candidateIds = new Set<string>(); #isVisible = false',
    original: 'false',
    reason: 'Nothing is received before the tab is shown, and that it is hidden is tested.',
  },
  {
    path: 'src/features/details/detailsPresenter.ts',
    code: 'this.#redrawing.cancel();',
    reason: 'A shortcut: a redraw that follows sends nothing that was sent.',
  },
  {
    path: 'src/shared/jsonFormatter.ts',
    code: 'TYPE_OF_BYTE[input[at] ?? 0]',
    original: '0',
    reason: 'For the compiler: the place is in the input.',
  },
  {
    path: 'src/shared/jsonFormatter.ts',
    code: 'bytes[at] ?? 0',
    original: '0',
    reason: 'For the compiler: the place is in the bytes.',
  },
  {
    path: 'src/core/services/cja/client/paging.ts',
    code: 'FINGERPRINT_CHARS = 200',
    original: '200',
    reason: 'A character more of the beginning of an item.',
  },
  {
    path: 'src/core/services/contract/path.ts',
    code: 'slash < 0',
    reason: 'No path begins with a slash.',
  },
  {
    path: 'src/core/http/attempt.ts',
    code: 'status < 200 || status >= 300',
    original: 'status >= 300',
    reason: '300 is a redirect, which is dealt with in the line before.',
  },
  {
    path: 'src/core/http/jsonPart.ts',
    code: 'const LEAST_CHARS = 16_384',
    original: '16_384',
    reason: 'Decides only about the memory of short texts, not about what is read.',
  },
  {
    path: 'src/core/redaction/secretFinder.ts',
    code: 'this.#beginnings[first * 0x80 + second] === 1',
    original: 'first * 0x80',
    reason: 'A shortcut: a place that is not passed by is compared, with the same result.',
  },
  {
    path: 'src/core/redaction/namedSecrets.ts',
    code: "text.lastIndexOf('>', start - tag[0].length)",
    original: 'start - tag[0].length',
    reason: 'Between both places is the beginning of the end tag, which has no such character.',
  },
  {
    path: 'src/core/services/cja/client/token.ts',
    code: 'DEFAULT_LIFETIME_S = 60 * 60',
    original: '60',
    reason: 'A minute more of an assumed hour: a token that has expired is renewed.',
  },
  {
    path: 'src/core/redaction/characters.ts',
    code: 'if (code < 0x80) return ASCII_FOLDED[code] ?? code;',
    original: '0x80',
    reason: 'U+0080 is no letter: it is itself on both ways.',
  },
  {
    path: 'src/features/runs/poller.ts',
    code: '{ reading, readAt = 0 } = store.state(path)',
    original: '0',
    reason: 'For a list that was never loaded: any moment in 1970 is long ago.',
  },
  {
    path: 'src/features/runs/notificationSuppressor.ts',
    code: '2 * RELEASE_TIMEOUT_MS',
    original: '2',
    reason: 'A suppression that was released so long ago counts no more, whether or not its file is there.',
  },
  {
    path: 'src/shared/jsonFormatter.ts',
    code: 'new Output(2 * input.length)',
    original: '2',
    reason: 'The first size of an output, which grows.',
  },
  {
    path: 'src/features/connections/connectionSearch.ts',
    code: 'TYPING_PAUSE_MS = 300',
    original: '300',
    reason: 'A millisecond more before services are asked.',
  },
  {
    path: 'src/core/export/inventory.ts',
    code: "detail: l10n.t('It is too large for one file.'), retryable: false",
    original: 'false',
    reason: 'A row of an export has no buttons.',
  },
  {
    path: 'src/core/redaction/secretFinder.ts',
    code: 'MAX_STEPS = 500',
    original: '500',
    reason: 'One more comparison, in crafted texts only.',
  },
  {
    path: 'src/core/redaction/secretFinder.ts',
    code: 'for (let first = 0; first < 0x80; first++)',
    original: '0x80',
    reason: 'Writing behind the end of a typed array does nothing.',
  },
  {
    path: 'src/core/redaction/secretFinder.ts',
    code: 'place < this.text.length',
    reason: 'Behind the end of a text nothing is found.',
  },
  {
    path: 'src/core/redaction/characters.ts',
    code: 'name.length < MAX_REFERENCE_CHARS',
    reason: 'No known name is as long.',
  },
  {
    path: 'src/features/connections/unseenChanges.ts',
    code: 'fresh.length + gone.length',
    reason: 'Rows are added or removed, never both: the sum is 0 when the difference is.',
  },
  {
    path: 'src/features/compare/comparedDocuments.ts',
    code: 'Math.max(Date.now(), this.#mtime(content.uri) + 1)',
    original: '1',
    reason: 'Any later time will do.',
  },
  {
    path: 'src/core/redaction/lookedLikeSecrets.ts',
    code: "at = text.indexOf('://'), end = 0;",
    original: '0',
    reason: 'The first address begins at 3 or later.',
  },
];

/** The entry for a mutant of a file, if there is one. `path` is relative to the root, with slashes. */
export function getEquivalent(mutant: Mutant, path: string): Equivalent | undefined {
  const candidates = EQUIVALENTS.filter((entry) => entry.path === path);
  if (candidates.length === 0) return undefined;
  const text = readFileSync(join(root, path), 'utf8');
  return candidates.find((entry) => covers(entry, mutant, text));
}

/** True if an entry applies to a mutant of a file with that text. */
export function covers(
  { code, original = code, replacement }: Omit<Equivalent, 'path' | 'reason'>,
  mutant: Mutant,
  text: string,
): boolean {
  return (
    compact(mutant.original) === compact(original) &&
    (replacement === undefined || compact(mutant.replacement) === compact(replacement)) &&
    getPlaces(code, text).some(({ start, end }) => start <= mutant.start && mutant.end <= end)
  );
}

/** The occurrences of code in a text, regardless of line breaks. */
function getPlaces(code: string, text: string): readonly { start: number; end: number }[] {
  const pattern = compact(code).replaceAll(/\W|\w/g, (sign) => `${sign.replace(/\W/, '\\$&')}\\s*`);
  return [...text.matchAll(new RegExp(pattern, 'g'))].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

function compact(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
