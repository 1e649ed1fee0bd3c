import type {
  BarModel,
  FactModel,
  LogModel,
  NodeModel,
  OverviewModel,
  RowModel,
  StatusModel,
  StructureModel,
  TableModel,
  TimelineModel,
} from '../../src/shared/models';

/** Models of the tabs as the extension makes them, for tests of the page. */
const word = (state: StatusModel['state'], text: string): StatusModel => ({
  state,
  label: text.toUpperCase().replaceAll(' ', '_'),
  text,
});

const statuses: readonly StatusModel[] = [
  ...[word('ok', 'Completed'), word('running', 'In progress'), word('queued', 'Queued')],
  ...[word('warning', 'Warnings'), word('failed', 'Failed'), word('inactive', 'Inactive')],
  word('unknown', 'unheard_of'),
];

const day = 86_400_000;
/** The moment that the models are of, in milliseconds since 1970. */
export const NOW_MS = Date.UTC(2026, 8, 15, 12);
const ago = (milliseconds: number): string => new Date(NOW_MS - milliseconds).toISOString();

/** A list that is read. */
export const read = { loading: false, stale: false, more: false } as const;

const sources = [
  'Web events',
  'Mobile events',
  'Store visits',
  'CRM profiles',
  'Product catalogue',
  'Loyalty',
];

export function rows(count: number): readonly RowModel[] {
  return Array.from({ length: count }, (_, at) => {
    const status = statuses[at % statuses.length];
    return {
      path: `account:a1/connection:dg_1/dataset:${at}`,
      id: `5f24${String(at).padStart(20, '0')}`,
      name: `${sources[at % sources.length] ?? ''} ${at + 1}`,
      ...(status ? { status } : {}),
      cells: [
        ['Event', 'Profile', 'Lookup'][at % 3] ?? '',
        at % 5 === 4 ? '' : String((at * 7919) % 100_003),
        at % 4 === 3 ? '' : ago(((at * 37) % 900) * day * 0.7),
        at % 2 === 0 ? 'https://ns.adobe.com/retail/schemas/4b2f9c1d8e7a6053' : 'personID → ECID',
      ],
    };
  });
}

export function table(list: readonly RowModel[], others: Partial<TableModel> = {}): TableModel {
  return {
    id: 'datasets',
    title: 'Datasets',
    source: 'account:a1/connection:dg_1',
    columns: [
      { id: 'type', label: 'Type', kind: 'text' },
      { id: 'records', label: 'Records', kind: 'number' },
      { id: 'ingested', label: 'Last ingested', kind: 'date' },
      { id: 'schema', label: 'Schema or key', kind: 'text' },
    ],
    rows: list,
    ...read,
    ...others,
  };
}

const facts: readonly FactModel[] = [
  { label: 'ID', value: 'dg_8a51b2c4-77f0-4f0e-9d43-6c0e1b1f2a10', copy: true },
  { label: 'Owner', value: 'Ada Byron (ada@example.com)' },
  { label: 'Sandbox', value: 'prod' },
  { label: 'Status', value: 'Completed', status: word('ok', 'Completed') },
  { label: 'Created', value: '12 January 2026', date: ago(312 * day) },
  { label: 'Modified', value: 'an hour ago', date: ago(3_700_000) },
  { label: 'Retention', value: '25 months' },
  {
    label: 'Validation error',
    value: 'The dataset 5f24 does not exist any more.\nRemove it from the connection, or restore it.',
    status: word('failed', 'Failed'),
  },
];

export const overview: OverviewModel = {
  facts,
  tables: [
    table(rows(24)),
    table([], { id: 'views', title: 'Data views', loading: true }),
    table(rows(3), {
      id: 'old',
      title: 'Pipelines',
      columns: [],
      stale: true,
      problem: 'The pipelines could not be read: HTTP 503. Try again later.',
    }),
    table(rows(2), { id: 'more', title: 'Identities', columns: [], more: true }),
    table([], { id: 'none', title: 'Links' }),
  ],
};

/** The overview of an account, of which a count is chosen or not. */
export function accountOverview(chosen?: string): OverviewModel {
  const counts = [
    { id: 'connection:failed', label: 'failed', count: 3, state: 'failed' },
    { id: 'connection:running', label: 'running', count: 5, state: 'running' },
    { id: 'connection:ok', label: 'OK', count: 1231, state: 'ok' },
    { id: 'failedBackfills', label: 'failed backfills', count: 17, state: 'failed' },
    { id: 'queuedBackfills', label: 'queued backfills', count: 0, state: 'queued' },
    { id: 'validationErrors', label: 'validation errors', count: 2, state: 'warning' },
  ] as const;
  const missing = { text: 'Not loaded for 1,233 of 1,239 connections', button: 'Load Datasets' };
  const off = { id: 'off', label: 'with import of new data off', count: 4, state: 'inactive' } as const;
  return {
    facts: [],
    summary: {
      levels: [
        { id: 'connection', title: 'Connections', total: 1239, counts, loading: false },
        { id: 'dataset', title: 'Datasets', total: 36, counts: [off], loading: false, missing },
      ],
      ...(chosen !== undefined && { chosen }),
      changes: { text: '2 connections have changed since you last looked', since: ago(2 * 3_600_000) },
    },
    tables: [
      table(
        rows(2).map((row) => ({ ...row, cells: ['4 in progress'] })),
        { id: 'changes', title: 'Changes', columns: [{ id: 'before', label: 'Before', kind: 'text' }] },
      ),
      table(rows(5), { id: `chosen:${chosen ?? ''}`, title: 'Connections: failed backfills' }),
    ],
  };
}

/** What a server may send to break a page. */
const hostileTexts: readonly string[] = [
  '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>',
  '__proto__',
  'x'.repeat(1 << 20),
  '\uD800 lone \uDC00',
  'user\u202Egnp.exe\u2066 hidden',
  'مرحبا بالعالم',
  '</style><style>*{display:none}</style>',
  `line 1\nline 2\u0000\u001b[31m`,
];

export const hostileOverview: OverviewModel = {
  facts: hostileTexts.map((value) => ({ label: value.slice(0, 500), value, copy: true, date: value })),
  tables: [
    table(
      hostileTexts.map((name) => ({ path: name, id: name, name, cells: [name, name, name, name] })),
      { title: hostileTexts[0] ?? '', id: '__proto__' },
    ),
  ],
};

function bar(at: number, began: number): BarModel {
  const status = statuses[at % statuses.length] ?? word('ok', 'Completed');
  const going = status.state === 'running' || status.state === 'queued';
  return {
    path: `account:a1/connection:dg_1/dataset:${at % 6}/backfill:bf_${at}`,
    label: `Backfill ${at}`,
    status,
    created: ago(began + 60_000),
    ...(status.state === 'queued' ? {} : { started: ago(began) }),
    ...(going ? { progress: 0.42 } : { completed: ago(began - 5 * 3_600_000 - (at % 5) * 9_000_000) }),
    covers:
      at % 4 === 3
        ? { all: true }
        : { all: false, from: ago((400 - at) * day).slice(0, 10), to: ago((370 - at) * day).slice(0, 10) },
  };
}

/** Lanes with bars over some days, of which the newest are active. */
export function timeline(lanes: number, bars: number): TimelineModel {
  return {
    title: 'Backfills',
    lanes: Array.from({ length: lanes }, (_, lane) => ({
      path: `account:a1/connection:dg_1/dataset:${lane}`,
      label: sources[lane % sources.length] ?? '',
      bars: Array.from({ length: bars }, (__, at) =>
        bar(lane + at * lanes, at === 0 ? 2 * 3_600_000 : (lane * 0.3 + at * 1.1) * day),
      ),
      ...read,
    })),
  };
}

export const hostileTimeline: TimelineModel = {
  title: hostileTexts[1] ?? '',
  lanes: hostileTexts.map((text) => ({
    path: text,
    label: text,
    bars: [
      {
        path: text,
        label: text,
        status: { state: 'failed', label: text, text },
        created: ago(day),
        completed: text,
      },
    ],
    ...read,
    problem: text,
  })),
  waiting: hostileTexts[2] ?? '',
  problem: hostileTexts[0] ?? '',
  progress: { done: 1, total: 3, text: hostileTexts[1] ?? '' },
};

const part = (at: number, role: string, closed = false): NodeModel => {
  const status = statuses[at % statuses.length];
  return {
    id: `d${at}`,
    label: sources[at % sources.length] ?? '',
    role,
    kind: 'dataset',
    ...(status ? { status } : {}),
    path: `account:a1/connection:dg_1/dataset:${at}`,
    isCurrent: false,
    isCollapsed: closed,
  };
};

/** An audit log with users of whom the service tells more and less. */
export const history: LogModel = {
  ...read,
  columns: [
    { label: 'Time', kind: 'date' },
    { label: 'Action', kind: 'text' },
    { label: 'User', kind: 'text' },
    { label: 'Description', kind: 'text' },
  ],
  entries: [
    { id: 'e1', cells: [ago(3_700_000), 'Edited', 'Ada Byron (ada.byron@example.com)', 'Renamed'] },
    {
      id: 'e2',
      cells: [
        ago(2 * day),
        'Edited',
        'Jonas Weber (jonas.weber@example.com)',
        'Updated data retention from 13 to 25 months, and the datasets "Web events" and "Store visits" with the identity namespace https://ns.adobe.com/retail/schemas/4b2f9c1d8e7a6053',
      ],
    },
    { id: 'e3', cells: [ago(9 * day), 'API request', '5B1C09DE@AdobeID', 'Read connection Checkout'] },
    { id: 'e4', cells: [ago(40 * day), 'EMBARGO', '', ''] },
    { id: 'e5', cells: [ago(90 * day), 'Created', 'Zoë Martin', 'Created connection Checkout'] },
  ],
  empty: 'The audit log has no entries about this connection.',
};

/** Batches of a dataset in several states. */
export const batches: LogModel = {
  ...read,
  columns: [
    { label: 'Created', kind: 'date' },
    { label: 'Status', kind: 'status' },
    { label: 'Read', kind: 'number' },
    { label: 'Written', kind: 'number' },
    { label: 'Failed', kind: 'number' },
    { label: 'Errors', kind: 'text' },
    { label: 'Batch ID', kind: 'text' },
  ],
  entries: [
    {
      id: '01JC6YB1W5QZ',
      cells: [
        ago(3_700_000),
        '',
        '0',
        '0',
        '0',
        '106: Dataset file is empty. Please upload file with data.',
        '01JC6YB1W5QZ',
      ],
      status: word('failed', 'failed'),
    },
    {
      id: '01JC5K22XA7R',
      cells: [ago(day), '', '', '', '', '', '01JC5K22XA7R'],
      status: word('running', 'staging'),
    },
    {
      id: '01JC1RZ9MV3T',
      cells: [ago(2 * day), '', '884213', '884190', '23', '', '01JC1RZ9MV3T'],
      status: word('ok', 'success'),
    },
  ],
  empty: 'Experience Platform has no batches of this dataset.',
};

export const structure: StructureModel = {
  ...read,
  nodes: [
    {
      ...{
        id: 'c',
        label: 'Checkout',
        role: 'connection',
        kind: 'connection',
        isCurrent: true,
        isCollapsed: false,
      },
      ...{ path: 'account:a1/connection:dg_1', status: word('ok', 'OK') },
    },
    ...[part(0, 'event dataset'), part(1, 'event dataset'), part(2, 'event dataset')],
    ...[part(3, 'profile dataset'), part(4, 'lookup dataset', true), part(5, 'lookup dataset')],
    { id: 'key', label: 'person_id', role: 'person ID', kind: 'key', isCurrent: false, isCollapsed: false },
  ],
  edges: [
    ...['d0', 'd1', 'd2'].map((to) => ({ from: 'c', to })),
    ...['d0', 'd1', 'd2'].map((from) => ({ from, to: 'key', label: 'ECID' })),
    { from: 'key', to: 'd3', label: 'crmId' },
    { from: 'd0', to: 'd4', label: 'sku' },
    { from: 'd4', to: 'd5', label: 'category_of_the_product_in_the_catalogue' },
  ],
};

export function largeStructure(count: number): StructureModel {
  const nodes = Array.from({ length: count }, (_, at) => part(at, 'object'));
  return {
    ...read,
    nodes,
    edges: nodes.slice(1).map(({ id }, at) => ({ from: `d${Math.floor(at / 8)}`, to: id })),
  };
}

export const hostileStructure: StructureModel = {
  ...read,
  nodes: [...hostileTexts, 'constructor', ''].map((text, at) => ({
    ...{ id: text, label: text, role: text, kind: text, path: text, isCurrent: at === 0, isCollapsed: true },
    status: { state: 'unknown', label: text, text },
  })),
  edges: [...hostileTexts, 'nowhere'].map((text) => ({ from: '__proto__', to: text, label: text })),
};
