import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse } from '../../../http/types';
import { isJsonObject, parseJson, readJson } from '../../../http/json';
import type { JsonParts } from '../../../http/jsonPart';
import { listSpans } from '../../../http/jsonSpans';
import { flag, number, text } from '../../common/decode';
import { writeJson } from '../../common/exactJson';
import { endRows } from '../../common/envelope';
import { TextList, withoutItems } from '../../common/textList';
import type { Cursor, PageItem, PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import { checkEmpty, errorBeside, unexpectedAnswer } from '../../common/answerErrors';

/** The parsed envelope of a page. */
export interface ListingHead {
  /** Number of items. */
  readonly count: number;
  /** The first item; undefined if there is none. */
  readonly first: unknown;
  /** True if the service says or implies that no page follows. */
  readonly last: boolean;
  readonly page?: number | undefined;
  readonly totalPages?: number | undefined;
  readonly total?: number | undefined;
  /** The words of an error that is reported beside the items. */
  readonly error?: string | undefined;
}

/** A page of a list. */
export interface Listing extends ListingHead {
  readonly values: readonly unknown[];
}

/** A page whose items are not parsed. */
export interface TextListing extends ListingHead {
  readonly list: TextList;
}

/** The requested page, and what is known from its predecessors. */
export interface Position {
  readonly page: number;
  readonly limit: number;
  /** Number of pages for which cursors have been issued. */
  readonly known: number;
  /** Number of items when the cursor was created. */
  readonly total?: number | undefined;
  /** The `firstId` of the previous page, if it was loaded when the cursor was created. */
  readonly previousFirstId?: string | undefined;
  /** True for a page that is loaded a second time. */
  readonly reread?: boolean | undefined;
}

/** Maximum number of cursors issued at once, so that an absurd count does not fill the memory. */
const MAX_FOLLOWING_PAGES = 200;

const envelope = v.object({
  content: v.nullable(v.array(v.unknown())),
  number: number,
  totalPages: number,
  totalElements: number,
  lastPage: flag,
  last: flag,
});

const position = v.object({
  page: v.number(),
  limit: v.number(),
  known: v.number(),
  total: v.optional(v.number()),
  previousFirstId: v.optional(v.string()),
  reread: v.optional(v.boolean()),
});

/**
 * Parses a page. Two envelopes are documented: the guide's (`lastPage`) and the OpenAPI's (`last`).
 * @throws HttpError kind `protocol` if the response is not a page.
 */
export function readListing(response: HttpResponse): Listing {
  const json = parseJson(response);
  const body = isJsonObject(json) ? json : {};
  const decoded = v.safeParse(envelope, json);
  if (!decoded.success)
    throw unexpectedAnswer(response, l10n.t('The response is not a list as documented by Adobe.'));
  const values = decoded.output.content ?? [];
  checkEmpty(response, body, values);
  const error = errorBeside(response, body);
  return { ...toHead(decoded.output, values.length, values[0]), values, error };
}

/**
 * Parses the envelope of a long page, and finds its items. A generator for `inTurns`.
 * @param inner as of `TextList`.
 * @returns undefined if it is not a page.
 * @throws SyntaxError if the envelope is not JSON.
 */
export function* readTextListing(
  parts: JsonParts,
  inner: readonly string[],
): Generator<void, TextListing | undefined> {
  const spans = yield* listSpans(parts.text, 'content');
  if (!spans) return undefined;
  const head = readJson(withoutItems(parts.text, [spans]));
  const decoded = v.safeParse(envelope, head);
  if (!decoded.success || !isJsonObject(head) || errorBeside({}, head) !== undefined) return undefined;
  const list = new TextList(parts, spans, inner);
  const first = list.length > 0 ? (yield* list.read(0)).value : undefined;
  return { ...toHead(decoded.output, list.length, first), list };
}

function toHead(
  { number: page, totalPages, totalElements: total, lastPage, last }: v.InferOutput<typeof envelope>,
  count: number,
  first: unknown,
): ListingHead {
  const counted = page === undefined || totalPages === undefined ? undefined : page + 1 >= totalPages;
  return { count, first, page, totalPages, total, last: lastPage ?? last ?? counted ?? count === 0 };
}

/**
 * Parses a page of the Catalog Service: an object of items by their IDs, without an envelope.
 * @throws HttpError kind `protocol` if the response is not an object.
 */
export function readMembers(response: HttpResponse): readonly (readonly [id: string, value: unknown])[] {
  const body = parseJson(response);
  if (isJsonObject(body)) return Object.entries(body);
  throw unexpectedAnswer(response, l10n.t('The response is not a list of batches as documented by Adobe.'));
}

/** Parses the position of a page. An invalid cursor starts at the first page. */
export function readPosition({ cursor, size }: Pick<PageRequest, 'cursor' | 'size'>): Position {
  const start: Position = { page: 0, limit: size, known: 1 };
  if (cursor === undefined) return start;
  const decoded = v.safeParse(v.pipe(v.string(), v.parseJson(), position), cursor);
  return decoded.success ? decoded.output : start;
}

/**
 * The pages to load after this one.
 * @param sideBySide true: all numbered pages at once. False: only the next one.
 */
export function nextCursors(listing: ListingHead, at: Position, sideBySide: boolean): readonly Cursor[] {
  return [...followingPages(listing, at, sideBySide), ...shiftedPages(listing, at)].map(
    (next) => writeJson(next) as Cursor,
  );
}

/**
 * The row at the end of a list of which the service says that more follows, but has no further page. Where it gives a
 * total, the store adds that row.
 */
export function cutOffRows(
  parent: Pick<Resource, 'path'>,
  listing: ListingHead,
  at: Position,
): readonly PageItem[] {
  const { error } = listing;
  const isCutOff = isNewest(at) && !listing.last && listing.total === undefined && isStuck(listing, at);
  if (!isCutOff && error === undefined) return [];
  return endRows(parent, 'end of list', {
    envelope: { goesOn: true, total: undefined, error },
    came: 0,
    isFull: false,
  });
}

function isNewest(at: Position): boolean {
  return at.reread !== true && at.page + 1 >= at.known;
}

/** Only the last known page yields further cursors, so that no cursor is issued twice. */
function followingPages(listing: ListingHead, at: Position, sideBySide: boolean): readonly Position[] {
  if (!isNewest(at) || listing.last || isStuck(listing, at)) return [];
  const start = at.page + 1;
  const end = sideBySide
    ? Math.min(Math.max(listing.totalPages ?? 0, start + 1), start + MAX_FOLLOWING_PAGES)
    : start + 1;
  const { total } = listing;
  return Array.from({ length: end - start }, (_, index) => ({
    page: start + index,
    limit: at.limit,
    known: end,
    total,
    previousFirstId: index === 0 ? firstId(listing) : undefined,
  }));
}

/**
 * The previous page again, if the list has shrunk since the cursor was created: the first items of this page may have
 * moved there after it was loaded.
 */
function shiftedPages(listing: ListingHead, at: Position): readonly Position[] {
  const { total } = listing;
  const shrunk = total !== undefined && at.total !== undefined && total < at.total;
  return shrunk && at.page > 0 ? [{ ...at, page: at.page - 1, total, reread: true }] : [];
}

/** True for a page that is empty or equal to the previous one: the service has nothing more, whatever it says. */
function isStuck(listing: ListingHead, at: Position): boolean {
  if (listing.count === 0) return true;
  if (listing.page !== undefined && listing.page < at.page) return true;
  return at.previousFirstId !== undefined && firstId(listing) === at.previousFirstId;
}

/** Characters that distinguish items without an ID. */
const FINGERPRINT_CHARS = 200;

/** Identifies a page: the ID of its first item, else the beginning of that item. */
function firstId({ first }: ListingHead): string | undefined {
  const id = isJsonObject(first) ? v.parse(text, first.id) : undefined;
  return id ?? (first === undefined ? undefined : writeJson(first).slice(0, FINGERPRINT_CHARS));
}
