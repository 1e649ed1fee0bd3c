import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse } from '../../http/types';
import { bodyObject, errorBeside } from './answerErrors';
import { flag, number } from './decode';
import { incompleteList, problemItem } from './problem';
import { isJsonObject, type JsonObject, type JsonValue } from '../../http/json';
import type { PageItem } from '../contract/page';
import type { Problem, Resource } from '../contract/resource';

/** What a page says besides its items, under any of the known member names. */
export interface Envelope {
  /** The cursor of the next page. */
  readonly next: string | undefined;
  /** True if it says that a page follows, false if it says that none does; undefined if it says neither. */
  readonly goesOn: boolean | undefined;
  /** True if a flag says that a page follows, rather than a cursor. */
  readonly isFlagged: boolean;
  /** The words of an error that is reported beside the items. */
  readonly error: string | undefined;
  /** Total number of items in the list. */
  readonly total: number | undefined;
  /** Maximum number of items per page. */
  readonly limit: number | undefined;
}

/** Names of the next cursor, clearest first, normalized by `plain`. */
const NEXT = ['nextcursor', 'nexttoken', 'nextpagetoken', 'nextpagecursor', 'continuationtoken', 'next'];

/** Names that may mean a cursor, except in the outermost object. */
const INNER_NEXT = ['endcursor', 'after', 'cursor'];
const GOES_ON = ['hasmore', 'hasnext', 'hasnextpage'];
const IS_LAST = ['lastpage', 'islast', 'islastpage', 'last'];
const TOTAL = ['totalcount', 'total', 'totalitems', 'totalelements', 'totalresults', 'totalrecords'];
const LIMIT = ['limit', 'pagesize', 'perpage'];

/** Parameters of a next-page address that may be the cursor. */
const CURSOR_PARAMETERS = ['page[cursor]', 'page[after]', 'cursor', 'nextToken', 'pageToken', 'after'];

/** Nesting that is searched: `meta.pagination`. */
const MAX_DEPTH = 2;

/** A member of the envelope, with its name normalized by `plain`. */
interface Member {
  readonly name: string;
  readonly value: JsonValue;
  readonly depth: number;
}

/** Reads the envelope of a list. @param body of the response. */
export function readEnvelope(response: Pick<HttpResponse, 'headers' | 'quote'>, body: JsonObject): Envelope {
  const members = toMembers(body, 0);
  const named = (names: readonly string[], least = 0): readonly JsonValue[] =>
    names
      .flatMap((name) => members.filter((one) => one.name === name && one.depth >= least))
      .map(({ value }) => value);
  const hasNext = findFirst(named(GOES_ON), (value) => v.parse(flag, value));
  const isLast = findFirst(named(IS_LAST), (value) => v.parse(flag, value));
  const goesOn = hasNext ?? (isLast === undefined ? undefined : !isLast);
  const clear = findFirst(named(NEXT), cursorText) ?? cursorText(linkedIn(response.headers.link));
  const next = clear ?? (goesOn === false ? undefined : findFirst(named(INNER_NEXT, 1), cursorText));
  const isNone = named(NEXT).some((value) => value === null || value === '' || value === false);
  return {
    next,
    goesOn: next !== undefined ? true : (goesOn ?? (isNone ? false : undefined)),
    isFlagged: goesOn === true,
    error: errorBeside(response, body),
    total: findFirst(named(TOTAL), (value) => v.parse(number, value)),
    limit: findFirst(named(LIMIT), (value) => v.parse(number, value)),
  };
}

/** How a list without a next page ended. */
export interface ListEnd {
  readonly envelope: Pick<Envelope, 'goesOn' | 'total'> & Partial<Pick<Envelope, 'error'>>;
  /** Number of items on all pages. */
  readonly came: number;
  /** True if the last page had as many items as were requested. */
  readonly isFull: boolean;
}

/**
 * The row that says that there may be more items, so that no list ends silently.
 * @param id unique among the rows of that parent. @returns nothing if the list is complete.
 */
export function endRows(
  parent: Pick<Resource, 'path'>,
  id: string,
  { envelope: { goesOn, total, error }, came, isFull }: ListEnd,
): readonly PageItem[] {
  if (error !== undefined) return errorRows(parent, id, error);
  if (total !== undefined && total > came) return [problemItem(parent, id, incompleteList(total, came))];
  const isOpen = goesOn ?? (isFull && total === undefined);
  if (!isOpen) return [];
  const problem = {
    title: l10n.t('There may be more items than shown.'),
    detail: goesOn
      ? l10n.t('The service indicated more items but not where they start.')
      : l10n.t('The service returned a full page and did not indicate whether another one follows.'),
    advice: l10n.t('Use the web interface of the service to find missing items.'),
    retryable: true,
  };
  return [problemItem(parent, id, problem)];
}

/** The row that says that a page, which another one follows, reports an error beside its items; none without one. */
export function errorRows(
  parent: Pick<Resource, 'path'>,
  id: string,
  error: string | undefined,
): readonly PageItem[] {
  return error === undefined ? [] : [problemItem(parent, id, brokenList(error))];
}

function brokenList(error: string): Problem {
  return {
    title: l10n.t('The list may be incomplete.'),
    detail: l10n.t('The service reported an error beside the items: {0}', error),
    advice: l10n.t('Try again later. If it happens again, ask an administrator of the service.'),
    retryable: true,
  };
}

/**
 * The last row of a list that is not paged, if its response nevertheless says that there is more.
 * @param came number of items that were read. @param body of the response, if it is parsed already: a long one takes
 * milliseconds.
 */
export function unpagedEnd(
  parent: Pick<Resource, 'path'>,
  response: HttpResponse,
  came: number,
  body = bodyObject(response.text) ?? {},
): readonly PageItem[] {
  const envelope = readEnvelope(response, body);
  return endRows(parent, 'end of list', { envelope, came, isFull: false });
}

function toMembers(body: JsonObject, depth: number): readonly Member[] {
  const own = Object.entries(body).map(([name, value]): Member => ({ name: plain(name), value, depth }));
  if (depth >= MAX_DEPTH) return own;
  const inner = own.flatMap(({ value }) => (isJsonObject(value) ? toMembers(value, depth + 1) : []));
  return [...own, ...inner];
}

/** `next_cursor` and `nextCursor` are the same. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

function findFirst<T>(
  values: readonly JsonValue[],
  read: (value: JsonValue) => T | undefined,
): T | undefined {
  for (const value of values) {
    const found = read(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A cursor, or the one in the address of the next page. */
function cursorText(value: JsonValue | undefined): string | undefined {
  const text = isJsonObject(value) ? (value.href ?? value.cursor) : value;
  if (typeof text === 'number') return String(text);
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  if (!/^https?:|\?/.test(text)) return text;
  const base = 'http://any';
  if (!URL.canParse(text, base)) return undefined;
  const { searchParams } = new URL(text, base);
  return (
    CURSOR_PARAMETERS.map((name) => searchParams.get(name)).find((one) => one !== null && one !== '') ??
    undefined
  );
}

/** The address of the next page in a `Link` header (RFC 8288). */
function linkedIn(header: string | undefined): string | undefined {
  return /<([^<>]*)>[^<,]*\brel="?next\b/i.exec(header ?? '')?.[1];
}
