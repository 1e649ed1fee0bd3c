import * as l10n from '@vscode/l10n';
import { withBudget } from '../../http/budget';
import type { CallOptions } from '../../http/types';
import { HttpError } from '../../http/errors';
import type { Cursor } from '../contract/page';

/** A page as far as the caller needs it, and the cursor of the next one; undefined on the last. */
export interface ReadPage<T> {
  readonly value: T;
  readonly next: Cursor | undefined;
}

/** Limits of loading a complete list, whatever the service says. */
export interface ListBounds {
  readonly pages: number;
  readonly milliseconds: number;
}

/** No list of a documented size comes near: an organization has 1,000 connections and 2,000 data views. */
const BOUNDS: ListBounds = { pages: 100, milliseconds: 5 * 60_000 };

/**
 * Loads a list page after page, for a result that needs all of it, such as a search. All complete loads use this.
 * @param read loads the page at a cursor, or the first without one.
 * @throws HttpError kind `tooLarge` at a limit, after yielding the pages so far, because the result may be incomplete.
 * What `read` throws.
 */
export async function* everyPage<T>(
  call: CallOptions,
  read: (cursor: Cursor | undefined, call: CallOptions) => Promise<ReadPage<T>>,
  { pages, milliseconds }: ListBounds = BOUNDS,
  now: () => number = Date.now,
): AsyncGenerator<T, void> {
  const question = withBudget(call);
  const end = now() + milliseconds;
  let cursor: Cursor | undefined;
  for (let count = 1; ; count += 1) {
    const { value, next } = await read(cursor, question);
    yield value;
    if (next === undefined) return;
    if (count >= pages || now() >= end) throw endless(count);
    cursor = next;
  }
}

function endless(pages: number): HttpError {
  return new HttpError('tooLarge', l10n.t('The list of the service did not end after {0} pages.', pages), {
    advice: l10n.t('Limit what the account shows (Edit Account…), then try again.'),
  });
}
