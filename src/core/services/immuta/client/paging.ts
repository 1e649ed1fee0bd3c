import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse } from '../../../http/types';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../../http/json';
import { word } from '../../../http/serviceMessage';
import { checkEmpty, unexpectedAnswer } from '../../common/answerErrors';
import { writeJson } from '../../common/exactJson';
import { type Envelope, endRows, errorRows, readEnvelope } from '../../common/envelope';
import type { PageItem, PageRequest, Cursor } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import type { Window } from './paths';

/** A page of a list, with its parsed envelope. */
export interface Listing {
  readonly values: readonly unknown[];
  readonly envelope: Envelope;
}

/** The requested page, and what is known from its predecessors. */
export interface Position {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** The first page is 1. */
  readonly page: number;
  /** Number of items on previous pages. */
  readonly came?: number | undefined;
  /** A previous page, to detect cycles. */
  readonly cycleCheck?: { readonly cursor?: string | undefined; readonly first: string } | undefined;
  /** One of several lists below the same parent, or the form of a request; our own words. */
  readonly list?: string | undefined;
}

/** Requested page sizes: the documented maximum is 100, and below the default of 20 a list takes too many requests. */
const PAGE_SIZE = { min: 20, max: 100 } as const;

const position = v.object({
  limit: v.number(),
  cursor: v.optional(v.string()),
  page: v.number(),
  came: v.optional(v.number()),
  cycleCheck: v.optional(v.object({ cursor: v.optional(v.string()), first: v.string() })),
  list: v.optional(v.string()),
});

/**
 * Parses a page.
 * @param name the list's own name, such as `tasks`. `data`, `items` and the first list of the response are accepted
 * too, because only that one name is documented.
 * @throws HttpError kind `protocol` if the response has no list.
 */
export function readListing(response: HttpResponse, name: string): Listing {
  const json = parseJson(response);
  if (Array.isArray(json)) return { values: json, envelope: readEnvelope(response, {}) };
  const body = isJsonObject(json) ? json : {};
  const values = [body[name], body.data, body.items, ...unnamedLists(body)].find(isList);
  if (values === undefined)
    throw unexpectedAnswer(response, l10n.t('The response is not a list as documented by Immuta.'));
  checkEmpty(response, body, values);
  return { values, envelope: readEnvelope(response, body) };
}

/** Lists under other names, which may be the requested one; not lists of errors, or of texts. */
function unnamedLists(body: JsonObject): readonly JsonValue[] {
  const lists = Object.entries(body).filter(([key]) => !/error|warning|message|detail|reason/i.test(key));
  const isOfTexts = (value: JsonValue): boolean =>
    isList(value) && value.some((one) => typeof one === 'string');
  return lists.map(([, value]) => value).filter((value) => !isOfTexts(value));
}

/** Parses the position of a page. An invalid cursor starts at the first page. */
export function readPosition({ cursor, size }: Pick<PageRequest, 'cursor' | 'size'>): Position {
  const limit = Math.min(Math.max(Math.floor(size), PAGE_SIZE.min), PAGE_SIZE.max);
  const decoded = v.safeParse(v.pipe(v.string(), v.parseJson(), position), cursor);
  return decoded.success ? decoded.output : { limit, page: 1 };
}

/** The part of a list to request. */
export function toWindow({ limit, cursor }: Position): Window {
  return { limit, ...(cursor !== undefined && { cursor }) };
}

/**
 * The page to load after this one: none if the response names none, the page is empty, or its cursor or first item
 * occurred before. Pages whose number is a power of two are remembered, one at a time, so that cycles of any length are
 * detected (Brent's algorithm).
 */
export function nextCursors({ values, envelope: { next } }: Listing, at: Position): readonly Cursor[] {
  if (next === undefined || values.length === 0) return [];
  const first = fingerprint(values[0]);
  const seen =
    next === at.cursor || (at.cycleCheck && (next === at.cycleCheck.cursor || first === at.cycleCheck.first));
  if (seen === true) return [];
  const cycleCheck = Number.isInteger(Math.log2(at.page)) ? { cursor: at.cursor, first } : at.cycleCheck;
  return [writePosition({ ...at, cursor: next, page: at.page + 1, came: cameWith(values, at), cycleCheck })];
}

/**
 * The row at the end of a list that may have more items, or after a page that reports an error; empty if there is a next
 * page, or the list is complete.
 * @param list distinguishes the lists of the same parent.
 */
export function toEnd(
  parent: Pick<Resource, 'path'>,
  list: string,
  listing: Listing,
  at: Position,
): readonly PageItem[] {
  const { values, envelope } = listing;
  if (nextCursors(listing, at).length > 0) return errorRows(parent, `end of ${list}`, envelope.error);
  // Services that return a cursor on every page mark the end by an empty page.
  const isOpen = envelope.isFlagged && envelope.total === undefined;
  const goesOn = values.length === 0 ? isOpen : envelope.goesOn;
  const isFull = values.length >= Math.min(at.limit, envelope.limit ?? Infinity);
  return endRows(parent, `end of ${list}`, {
    envelope: { ...envelope, goesOn },
    came: cameWith(values, at),
    isFull,
  });
}

function cameWith(values: readonly unknown[], { came = 0 }: Position): number {
  return came + values.length;
}

function writePosition(at: Position): Cursor {
  return writeJson(at) as Cursor;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function fingerprint(value: unknown): string {
  const id = isJsonObject(value) ? word(value, ['connectionKey', 'taskId', 'runId']) : undefined;
  const own = isJsonObject(value) ? word(value, ['id']) : undefined;
  return own ?? id ?? writeJson(value).slice(0, 500);
}
