import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '../../../src/core/services/registry';
import { root } from '../lib/paths';
import type { Mutant } from './mutants';

/** A change that breaks a promised behavior. `path` is relative to the root, with slashes. */
export interface Breakage extends Mutant {
  readonly path: string;
  /** What it breaks. */
  readonly breaks: string;
}

/** A breakage as listed below: its place is the only occurrence of its text in the file. */
type Written = Pick<Breakage, 'breaks' | 'path' | 'original' | 'replacement'> & {
  readonly kind?: Mutant['kind'];
};

const WRITTEN: readonly Written[] = [
  {
    breaks: 'a 429 makes the other requests of the account wait',
    path: 'src/core/http/client.ts',
    original: 'limited ? this.#limiter.pause(wait.delay) : undefined',
    replacement: 'undefined',
  },
  {
    breaks: 'requests for tokens pass the queue of the rate limit by',
    path: 'src/core/http/client.ts',
    original: 'request.rateLimited === false',
    replacement: 'false',
  },
  {
    breaks: 'who waits for the rate limit is told of it',
    path: 'src/core/http/client.ts',
    original: "subscribers.notifyWait({ reason: 'limit', delay, attempt });",
    replacement: '',
    kind: 'statement',
  },
  {
    breaks: 'only a 404 of the backfills of CJA becomes a row that says they are missing',
    path: 'src/core/services/cja/levels/backfills.ts',
    original: "!(error instanceof HttpError) || error.kind !== 'notFound'",
    replacement: '!(error instanceof HttpError)',
  },
  {
    breaks: 'backfills that came along with a dataset stand newest first',
    path: 'src/core/services/cja/levels/backfills.ts',
    original: 'dated.sort(([a], [b]) => compareText(b, a))',
    replacement: 'dated',
  },
  {
    breaks: 'of the errors of runs of Immuta only a 404 is no error',
    path: 'src/core/services/immuta/levels/currentRuns.ts',
    original: "error instanceof HttpError && error.kind === 'notFound'",
    replacement: 'true',
  },
  {
    breaks: 'the data objects of Immuta go on after their first page',
    path: 'src/core/services/immuta/levels/dataObjects.ts',
    original: 'nextCursors(listing, at)',
    replacement: '[]',
  },
  {
    breaks: 'a token of Adobe is renewed within a day, whatever the answer says',
    path: 'src/core/services/cja/client/token.ts',
    original: 'Math.min(Math.max(expiresIn, 0), MAX_LIFETIME_S)',
    replacement: 'Math.max(expiresIn, 0)',
  },
  ...services.map(({ id }): Written => ({
    breaks: `a session of ${id} that is disposed of ends its requests`,
    path: `src/core/services/${id}/session.ts`,
    original: 'http.dispose();',
    replacement: '',
    kind: 'statement',
  })),
  {
    breaks: 'Load All stops at its bound and asks',
    path: 'src/core/store/listReading.ts',
    original: 'this.#room(loadedPages(this.#branch).length)',
    replacement: 'Number.MAX_SAFE_INTEGER',
  },
  {
    breaks: 'Load More ends with the signal of its caller',
    path: 'src/core/store/store.ts',
    original: '{ ...options, more: true }',
    replacement: '{ ...options, more: true, signal: undefined }',
  },
  {
    breaks: 'an export as Markdown has a title',
    path: 'src/core/export/formats.ts',
    original: "`# ${l10n.t('Connections')}\\n\\n${minute(this.date.toISOString())}\\n`",
    replacement: "''",
  },
  {
    breaks: 'an export as Markdown has a heading for each account',
    path: 'src/core/export/formats.ts',
    original: 'heading === this.#heading',
    replacement: 'true',
  },
  {
    breaks: 'an account that cannot be read stands in the export',
    path: 'src/core/export/inventory.ts',
    original: 'yield await keep({ below: [problemRow(place, account.label, toProblem(error))], error })',
    replacement: 'undefined',
  },
  {
    breaks: 'the Runs view shows the newest first',
    path: 'src/features/runs/runRegistry.ts',
    original: 'dated.toSorted((a, b) => b.moment - a.moment)',
    replacement: 'dated',
  },
  {
    breaks: 'claims of ends go after their time',
    path: 'src/ui/storage/entryFiles.ts',
    original: 'await quietly(() => this.#prune());',
    replacement: '',
    kind: 'statement',
  },
];

/**
 * Changes that must each fail a test. All tests once passed with them.
 * @throws Error if a text does not occur exactly once in its file
 */
export function breakages(): readonly Breakage[] {
  return WRITTEN.map(({ kind = 'expression', ...written }) => {
    const text = readFileSync(join(root, written.path), 'utf8');
    const start = text.indexOf(written.original);
    if (start < 0 || text.includes(written.original, start + 1))
      throw new Error(`Not once in ${written.path}: ${written.original}`);
    return { ...written, kind, start, end: start + written.original.length };
  });
}
