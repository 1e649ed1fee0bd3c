import { isJsonObject } from '../../../../src/core/http/json';
import type { Fault } from '../../../../src/sample/faults';
import type { SampleServiceId } from '../../../../src/sample/server';

/**
 * What a list shows for a fault.
 * - `fails`: a row that says so, and all rows shown before, marked stale.
 * - `heals`: nothing, because it is requested again.
 * - `harmless`: nothing, because the answer is equivalent.
 * - `tells`: a row that says so, and the unaffected items.
 * - `empties`: an answer that is an empty list.
 */
export type Outcome = 'fails' | 'heals' | 'harmless' | 'tells' | 'empties';

/** Something that goes wrong with a list. */
export interface FaultCase {
  readonly name: string;
  readonly fault: (secret: string) => Omit<Fault, 'match'>;
  readonly outcome: Outcome;
  /** Different outcomes for some services, for reasons of their own. */
  readonly but?: Partial<Record<SampleServiceId, Outcome>>;
  /** The text of the row, if it is known. */
  readonly what?: RegExp;
  /** False where trying again cannot help. Default: true. */
  readonly retry?: boolean;
  /** True if it is only tested on the first list of a service. */
  readonly isOfFirst?: boolean;
  /** Items that the fault adds, by id: none where absent. */
  readonly adds?: RegExp;
}

const SAYS = {
  authentication: /Sign-in failed/,
  permission: /Access denied/,
  notFound: /Not found/,
  conflict: /current state/,
  rejected: /Request rejected/,
  rateLimit: /Rate limit reached/,
  timeout: /in time/,
  network: /could not be reached/,
  protocol: /invalid response/,
  tooLarge: /too large/,
  server: /internal error/,
} as const;

type Kind = keyof typeof SAYS;

/** The statuses of failures, by what they mean to a person. */
const STATUSES: Readonly<Record<Exclude<Kind, 'tooLarge'>, readonly number[]>> = {
  authentication: [401],
  permission: [403],
  notFound: [404, 410],
  conflict: [409],
  rejected: [
    400, 402, 405, 406, 411, 412, 413, 414, 415, 417, 418, 421, 422, 423, 424, 425, 426, 428, 431, 451,
  ],
  rateLimit: [429],
  timeout: [408],
  network: [407, 511],
  protocol: [300, 301, 302, 303, 304, 305, 307, 308],
  server: [500, 501, 502, 503, 504, 505, 506, 507, 508, 509, 510, 520, 522, 524, 526, 529, 530, 598],
};

/** Bodies of failures: the message must be readable, whatever the body. */
const BODIES: readonly ((secret: string) => unknown)[] = [
  (secret) => ({ message: `No: ${secret}` }),
  () => '',
  (secret) => `<!DOCTYPE html><title>${secret}</title><p>Bad`,
  (secret) => ({ error: { code: 'Odd', message: `Bearer ${secret}` } }),
  (secret) => ({ errors: [{ title: 'Odd', detail: `key=${secret}` }] }),
  (secret) => ({ error_code: '99', errorDescription: secret, errorId: secret }),
  () => '[[[[[[[[[[[[[[[[[[[[',
  () => ({ message: null, errors: 5, error: [] }),
];

const failures: readonly FaultCase[] = Object.entries(STATUSES).flatMap(([kind, statuses]) =>
  statuses.map((status, index): FaultCase => {
    const body = BODIES[(status + index) % BODIES.length] ?? (() => '');
    return {
      name: `status ${status}`,
      fault: (secret) => ({
        status,
        body: body(secret),
        headers: { 'retry-after': '1', location: '/other' },
      }),
      outcome: 'fails',
      what: SAYS[kind as Kind],
      retry: kind !== 'rejected',
    };
  }),
);

/** Temporary failures: a repeated request succeeds. */
const passing: readonly FaultCase[] = [
  ...[408, 429, 500, 502, 503, 504].map((status): FaultCase => ({
    name: `status ${status}, once`,
    fault: () => ({ status, body: '', times: 1 }),
    outcome: 'heals',
  })),
  { name: 'a dropped connection, once', fault: () => ({ drop: 'before', times: 1 }), outcome: 'heals' },
];

const timing: readonly FaultCase[] = [
  { name: 'no answer at all', fault: () => ({ hang: true }), outcome: 'fails', what: SAYS.timeout },
  { name: 'a head without a body', fault: () => ({ stallAfter: 0 }), outcome: 'fails', what: SAYS.timeout },
  { name: 'a body that stalls', fault: () => ({ stallAfter: 30 }), outcome: 'fails', what: SAYS.timeout },
  {
    name: 'a body of one byte now and then',
    fault: () => ({ trickle: 15 }),
    outcome: 'fails',
    what: SAYS.timeout,
  },
  {
    name: 'an error whose body never ends',
    fault: () => ({ status: 502, body: 'x'.repeat(50), trickle: 15 }),
    outcome: 'fails',
    what: SAYS.timeout,
  },
  { name: 'a dropped connection', fault: () => ({ drop: 'before' }), outcome: 'fails', what: SAYS.network },
  {
    name: 'an answer dropped at its end',
    fault: () => ({ drop: 'after' }),
    outcome: 'fails',
    what: SAYS.network,
  },
  { name: 'a body cut off at once', fault: () => ({ cutOffAfter: 0 }), outcome: 'fails', what: SAYS.network },
  { name: 'a body cut off', fault: () => ({ cutOffAfter: 25 }), outcome: 'fails', what: SAYS.network },
  { name: 'a slow answer', fault: () => ({ delay: 15 }), outcome: 'harmless' },
];

const heads: readonly FaultCase[] = [
  ...['text/html', 'text/plain; charset=utf-16', '', 'application/octet-stream', ';;;'].map(
    (type): FaultCase => ({
      name: `the content type "${type}"`,
      fault: () => ({ headers: { 'content-type': type } }),
      outcome: 'harmless',
    }),
  ),
  {
    name: 'a body that is not compressed as its head says',
    fault: () => ({ headers: { 'content-encoding': 'gzip' } }),
    outcome: 'fails',
  },
  {
    name: 'a request id that is a secret',
    fault: (secret) => ({ headers: { 'x-request-id': secret }, body: 'x' }),
    outcome: 'fails',
    what: SAYS.protocol,
  },
  ...['999999999', '-5', 'soon', 'Fri, 01 Jan 1999 00:00:00 GMT', 'Fri, 01 Jan 2999 00:00:00 GMT'].map(
    (wait): FaultCase => ({
      name: `429 and Retry-After ${wait}`,
      fault: () => ({ status: 429, headers: { 'retry-after': wait, 'x-ratelimit-reset': wait }, body: '' }),
      outcome: 'fails',
      what: SAYS.rateLimit,
    }),
  ),
  ...['javascript:alert(1)', 'http://169.254.169.254/', '//evil.example/x', 'not a url %', ''].map(
    (location): FaultCase => ({
      name: `a redirect to "${location}"`,
      fault: () => ({ status: 302, headers: { location }, body: '' }),
      outcome: 'fails',
      what: SAYS.protocol,
    }),
  ),
  {
    name: 'a redirect to an address with a secret',
    fault: (secret) => ({ redirect: `https://${secret}@login.example/?t=${secret}` }),
    outcome: 'fails',
    what: SAYS.protocol,
  },
];

/** Not JSON, or JSON of something else, with status 200. */
const TEXTS: Readonly<Record<string, unknown>> = {
  nothing: '',
  spaces: ' \n ',
  'a text': 'maintenance',
  'a JSON text': '"maintenance"',
  null: 'null',
  true: 'true',
  'a number': '0',
  'an empty object': {},
  'a message': { message: 'Service is in maintenance' },
  'a list of errors': { errors: ['Forbidden'] },
  'an error': { error: { code: 'Odd', message: 'Service is in maintenance' } },
  'data that is null': { data: null },
  'data that is a text': { data: 'x', content: 'x', connections: 'x' },
  'a list that is an object': { data: {}, content: {}, connections: {} },
  'a list that is a number': { data: 5, content: 5, connections: 5 },
  XML: '<?xml version="1.0"?><error/>',
  'JSON with a tail': '{"content":[]} trailing',
  'two documents': '{"content":[]}\n{"content":[]}',
  'JSON with comments': '{/* none */}',
  'a script': 'callback({"content":[]})',
  'quotes of the wrong kind': "{'content':[]}",
  'numbers that are none': '{"content":[NaN]}',
  'very deep nesting': '['.repeat(5_000),
  'bytes that are no text': '\u0000\u0001\uFFFD',
};

const texts: readonly FaultCase[] = Object.entries(TEXTS).map(([name, body]) => ({
  name: `status 200 and ${name}`,
  fault: () => ({ body }),
  outcome: 'fails',
  what: SAYS.protocol,
}));

const successes: readonly FaultCase[] = [
  ...[201, 202, 203, 206, 226].map((status): FaultCase => ({
    name: `status ${status} and the answer`,
    fault: () => ({ status, change: (json) => json }),
    outcome: 'harmless',
  })),
  {
    name: 'status 204 and nothing',
    fault: () => ({ status: 204, body: '' }),
    outcome: 'fails',
    what: SAYS.protocol,
    // Datadog's own client takes it for an empty list.
    but: { datadog: 'empties' },
  },
  {
    name: 'JSON that ends too soon',
    fault: () => ({ malformed: true }),
    outcome: 'fails',
    what: SAYS.protocol,
  },
  { name: 'spaces in front', fault: () => ({ padding: 100_000 }), outcome: 'harmless' },
  {
    name: 'a mark of byte order',
    fault: () => ({ rewrite: (body) => `\uFEFF${body}` }),
    outcome: 'harmless',
  },
  {
    name: 'members that nobody knows',
    fault: () => ({ change: (json) => eachObject(json, (one) => ({ ...one, zzz: { deep: [1, null] } })) }),
    outcome: 'harmless',
  },
  {
    name: 'members of the prototype',
    fault: () => ({
      rewrite: (body) => body.replaceAll(/(^|[[:,])\{"/g, '$1{"__proto__":{"id":"x"},"constructor":1,"'),
    }),
    outcome: 'harmless',
  },
];

/** Lists in the envelopes of all services. */
const LISTS: readonly string[] = ['content', 'connections', 'attributes'];

/** Changes the first list of an answer, and nothing of answers without one. */
function changeList(json: unknown, change: (items: readonly unknown[]) => unknown): unknown {
  if (!isJsonObject(json)) return json;
  for (const [key, value] of Object.entries(json)) {
    if (LISTS.includes(key) && Array.isArray(value)) return { ...json, [key]: change(value) };
    if (['data', 'attributes'].includes(key)) return { ...json, [key]: changeList(value, change) };
  }
  return json;
}

/** An answer that reports an error beside what it contains. */
function withErrors(json: unknown, secret: string): unknown {
  return isJsonObject(json) ? { ...json, errors: [`Partial failure: ${secret}`] } : json;
}

/** Changes each object of an answer, at any depth. */
function eachObject(json: unknown, change: (one: Readonly<Record<string, unknown>>) => unknown): unknown {
  if (Array.isArray(json)) return json.map((item) => eachObject(item, change));
  if (!isJsonObject(json)) return json;
  const entries = Object.entries(json).map(([key, value]) => [key, eachObject(value, change)]);
  return change(Object.fromEntries(entries) as Readonly<Record<string, unknown>>);
}

function list(
  name: string,
  outcome: Outcome,
  change: (items: readonly unknown[], secret: string) => unknown,
  more: Partial<FaultCase> = {},
): FaultCase {
  return {
    name,
    fault: (secret) => ({ change: (json) => changeList(json, (items) => change(items, secret)) }),
    outcome,
    ...more,
  };
}

/** Values in a list in place of an item, or in addition to the items. */
const BROKEN: readonly unknown[] = [
  null,
  true,
  5,
  'text',
  [],
  [[]],
  {},
  { id: null },
  { id: {} },
  { id: [] },
  { id: '' },
];

const shapes: readonly FaultCase[] = [
  ...BROKEN.map((value) =>
    list(`a list with ${JSON.stringify(value)} in it`, 'tells', (items) => [value, ...items], {
      retry: false,
    }),
  ),
  list('a list that comes twice', 'harmless', (items) => [...items, ...items]),
  list('a list the other way round', 'harmless', (items) => items.toReversed()),
  list('an empty list', 'empties', () => []),
  {
    name: 'an empty list beside an error',
    fault: (secret) => ({
      change: (json) =>
        withErrors(
          changeList(json, () => []),
          secret,
        ),
    }),
    outcome: 'fails',
    what: SAYS.protocol,
  },
  {
    name: 'an error beside the items',
    fault: (secret) => ({ change: (json) => withErrors(json, secret) }),
    outcome: 'tells',
  },
  {
    name: 'an error that is blank',
    fault: () => ({ change: (json) => (isJsonObject(json) ? { ...json, errors: [], error: null } : json) }),
    outcome: 'harmless',
  },
  list(
    'a list of many broken items',
    'tells',
    (items) => [...items, ...Array.from({ length: 50 }, () => null)],
    {
      retry: false,
    },
  ),
  list('names that hold a secret', 'harmless', (items, secret) =>
    items.map((item) =>
      isJsonObject(item) ? { ...item, name: `${secret} \u202e`, description: secret } : item,
    ),
  ),
  list('names that are no texts', 'harmless', (items) =>
    items.map((item, index) =>
      isJsonObject(item) ? { ...item, name: [null, 5, [], {}, true][index % 5] } : item,
    ),
  ),
  list('members that are all null', 'harmless', (items) => items.map((item) => withoutValues(item, null))),
  list('members that are all objects', 'harmless', (items) => items.map((item) => withoutValues(item, {}))),
  list('members that are all lists', 'harmless', (items) => items.map((item) => withoutValues(item, [[]]))),
  list('members that are all numbers', 'harmless', (items) =>
    items.map((item) => withoutValues(item, -1.5e300)),
  ),
  list('members that are all long', 'harmless', (items) =>
    items.map((item) => withoutValues(item, 'x'.repeat(20_000))),
  ),
];

/** An item with this value in place of all its members except its ID, which stays for all services. */
function withoutValues(item: unknown, value: unknown): unknown {
  if (!isJsonObject(item)) return item;
  return Object.fromEntries(Object.entries(item).map(([key, own]) => [key, isId(key) ? own : value]));
}

function isId(key: string): boolean {
  return ['id', 'connectionKey'].includes(key);
}

/** Ids as no service should write them. Those that can be part of no address are items that cannot be shown, or can. */
const IDS: readonly (string | number)[] = [
  ...[0, -1, 1.5, 1e21, 2 ** 53],
  ...[
    ' ',
    '.',
    '..',
    '/',
    '../../x',
    'a/b',
    '%2e%2e',
    '%',
    '?x=1',
    '#x',
    'a b',
    '\n',
    '\u0000',
    '\u202e',
    '😀',
    '\ud800',
  ],
  ...['x'.repeat(10_000), '__proto__', 'constructor', '${x}', '$(x)', '[x](command:y)', '<b>', 'Ａ'],
];

const ids: readonly FaultCase[] = IDS.map((id) =>
  list(
    `an item with the id ${JSON.stringify(id).slice(0, 30)}`,
    'harmless',
    (items) => {
      const [first] = items;
      return isJsonObject(first) ? [...items, { ...first, id, connectionKey: id }] : items;
    },
    { adds: /./s },
  ),
);

/** Dates as no service should write them. */
const DATES: readonly unknown[] = [
  ...[
    '',
    ' ',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2024-02-31',
    '2024-13-45T99:99:99Z',
    'yesterday',
  ],
  ...[
    '2024-02-29T24:00:00Z',
    '2024-01-01T00:00:00+25:00',
    '+275760-09-13T00:00:00Z',
    'x'.repeat(10_000),
    '\u202e2024',
  ],
  ...[0, -1, 1e300, 1_700_000_000, true, null, [], {}],
];

const dates: readonly FaultCase[] = DATES.map((date) => ({
  name: `dates that are ${JSON.stringify(date).slice(0, 30)}`,
  fault: () => ({
    change: (json) =>
      eachObject(json, (one) =>
        Object.fromEntries(
          Object.entries(one).map(([key, value]) => [key, /(date|time|_at|At)$/i.test(key) ? date : value]),
        ),
      ),
  }),
  outcome: 'harmless',
}));

/** The envelope of a list, changed if the service has one. */
function envelope(
  name: string,
  outcome: Outcome,
  members: Readonly<Record<string, unknown>>,
  more: Partial<FaultCase> = {},
): FaultCase {
  return {
    name,
    fault: () => ({
      change: (json) =>
        isJsonObject(json) && LISTS.some((key) => Array.isArray(json[key])) ? { ...json, ...members } : json,
    }),
    outcome,
    ...more,
  };
}

const ending = { lastPage: false, last: false, meta: { nextCursor: 'again' }, nextCursor: 'again' };

const paging: readonly FaultCase[] = [
  // The sample of Immuta refuses a cursor that it did not give, and lists of Krenalis have no pages.
  envelope('a next page that is always the same', 'harmless', ending, {
    but: { immuta: 'tells', krenalis: 'tells' },
  }),
  envelope('no word of pages', 'harmless', {
    ...{
      lastPage: undefined,
      last: undefined,
      number: undefined,
      totalPages: undefined,
      totalElements: undefined,
    },
    meta: undefined,
  }),
  envelope('words of pages that are none', 'harmless', {
    ...{ lastPage: 'x', last: [], number: {}, totalPages: 'many', totalElements: null },
    meta: 5,
  }),
  envelope('a total above what comes', 'tells', { totalElements: 1000 }, { but: { datadog: 'harmless' } }),
  envelope('a total as a text', 'tells', { totalElements: '1000' }, { but: { datadog: 'harmless' } }),
  envelope('a total below what comes', 'harmless', { totalElements: -1, totalPages: -1 }),
  envelope('a next page that is an object', 'harmless', { meta: { nextCursor: { x: 1 } }, next: { y: 2 } }),
  {
    name: 'an empty page that promises others',
    fault: () => ({
      change: (json) => {
        const changed = changeList(json, () => []);
        return isJsonObject(changed) && changed !== json ? { ...changed, ...ending, totalElements: 0 } : json;
      },
    }),
    outcome: 'empties',
  },
];

/** All faults, each of which strikes a list of each service. */
export const faultCases: readonly FaultCase[] = [
  ...failures.map((each, index) => ({ ...each, isOfFirst: index % 5 > 0 })),
  ...[passing, texts, successes].flat(),
  ...[timing, heads, shapes, ids, dates, paging].flat().map((each) => ({ ...each, isOfFirst: true })),
];

/** Faults that strike a page behind the first. */
export const pageCases: readonly FaultCase[] = [
  ...[400, 403, 404, 429, 500, 503].map((status): FaultCase => ({
    name: `status ${status}`,
    fault: () => ({ status, body: '' }),
    outcome: 'fails',
  })),
  { name: 'no answer', fault: () => ({ hang: true }), outcome: 'fails', what: SAYS.timeout },
  { name: 'a dropped connection', fault: () => ({ drop: 'after' }), outcome: 'fails', what: SAYS.network },
  { name: 'a web page', fault: () => ({ body: '<html>' }), outcome: 'fails', what: SAYS.protocol },
  { name: 'a message', fault: () => ({ body: { message: 'No' } }), outcome: 'fails', what: SAYS.protocol },
  {
    name: 'JSON that ends too soon',
    fault: () => ({ malformed: true }),
    outcome: 'fails',
    what: SAYS.protocol,
  },
];
