/** Content that no server should send. Positions are those of the connections. */

type Json = Readonly<Record<string, unknown>>;

/** Names of the first connections. */
export const hostileNames: readonly string[] = [
  '**bold** [link](command:workbench.action.quit) ![x](https://example.invalid/x.png) `code`',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '\u202Egnirts desrever\u202C and \u2066isolated\u2069',
  'Family 👩‍👩‍👧‍👦 and flag 🇯🇵, accents é',
  'Long '.repeat(100),
  'Lone surrogate \uD800 here',
  '$(error) codicon, \u0000 nul,\nline break and\ttab',
  '__proto__',
];

/** Ids without prefix; the others are ordinary. */
export const hostileIds: Readonly<Record<number, string>> = {
  8: 'with/slash and space',
  9: '../..%2F?query#hash',
  10: '"quotes"; $(touch /tmp/owned) `x`',
};

/** Names of dimensions and metrics, which are their IDs without the prefix; the others are ordinary. */
export const hostileComponentNames: Readonly<Record<number, string>> = {
  4: '../../connections',
  5: '..',
  6: 'a/b%2F..%2Fc?x#y',
  7: '"];alert(1)//',
};

/** The status of every second newest backfill. */
export const hostileStatus = 'PAUSED_BY_ADMIN';

const impossibleDate = '20XX-10-16T14:06:04.816Z';

type Spoiler = (json: Json) => unknown;

const connectionSpoilers: Readonly<Record<number, Spoiler>> = {
  7: (json) => ({ ...json, ...ownPrototypeKey }),
  11: () => null,
  12: (json) => ({ ...json, name: null, owner: null, dataSets: null, backfillSummary: null }),
  13: ({ id }) => ({ id }),
  14: (json) => ({
    ...json,
    name: 42,
    description: ['a', 'list'],
    owner: 'somebody',
    dataSets: {},
    tags: 'none',
  }),
  15: (json) => ({ ...json, createdDate: impossibleDate, modifiedDate: impossibleDate }),
  16: (json) => ({
    ...json,
    backfillSummary: { total: '8', failed: '1', inProgress: '0', completed: '7', invalid: 'no' },
  }),
  17: (json) => ({ ...json, unknownField: { deep: [[[{}]]] }, idWithoutPrefix: 17 }),
  18: (json) => without(json, 'id'),
  19: () => 'not an object',
};

const dataSetSpoilers: Readonly<Record<number, Spoiler>> = {
  1: (json) => ({ ...json, type: 'adhoc', streaming: 'yes', lastIngestedTime: impossibleDate }),
  2: () => null,
  3: (json) => without(json, 'dataSetId'),
  4: (json) => ({ ...json, name: null, dataSourceType: 'webData', lookupParentFields: 'one,two' }),
};

const componentSpoilers: Readonly<Record<number, Spoiler>> = {
  1: () => null,
  2: (json) => without(json, 'id'),
  3: (json) => ({ ...json, name: null, type: 7, schemaPath: ['a'], hidden: 'perhaps', description: {} }),
  8: (json) => ({ ...json, isDeleted: true, ...ownPrototypeKey }),
};

const backfillSpoilers: Readonly<Record<number, Spoiler>> = {
  2: (json) => ({ ...json, createdDate: impossibleDate, allData: 'true' }),
  3: () => null,
  4: (json) => without(json, 'id'),
};

const auditSpoilers: Readonly<Record<number, Spoiler>> = {
  0: (json) => ({ ...json, description: hostileNames[0], action: hostileNames[1] }),
  1: (json) => ({ ...json, description: hostileNames[2], user: { name: hostileNames[1], email: 7 } }),
  2: (json) => ({ ...json, description: hostileNames[6], user: 'somebody', component: null }),
  3: () => null,
  4: (json) => ({ ...json, dateCreated: impossibleDate, user: { id: 42 } }),
  5: (json) => ({ ...json, component: { id: 'dg_of-another-connection' } }),
  6: (json) => without(json, 'id'),
  7: (json) => ({ ...json, description: hostileNames[4], action: null, ...ownPrototypeKey }),
};

const batchSpoilers: Readonly<Record<number, Spoiler>> = {
  0: (json) => ({ ...json, status: hostileNames[1], errors: [{ code: 7, description: hostileNames[0] }] }),
  1: (json) => ({ ...json, created: 1e300, metrics: { recordsRead: 'many', recordsFailed: '3' } }),
  2: () => null,
  3: (json) => ({ ...json, status: ['success'], errors: hostileNames[2], metrics: 'none', created: 'today' }),
  4: (json) => ({ ...json, relatedObjects: [{ type: 'dataSet', id: 'another' }] }),
  5: (json) => ({
    ...json,
    errors: Array.from({ length: 400 }, (_, at) => ({ code: `${at}`, description: hostileNames[2] })),
  }),
};

// Parsed from text, because in an object literal the key would set the prototype.
const ownPrototypeKey = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"polluted":true}}') as Json;

/** The response for the connection at a position. */
export function spoilConnection(index: number, json: Json): unknown {
  return spoil(connectionSpoilers[index], json);
}

/** The response for the dataset at a position below its connection. */
export function spoilDataSet(place: number, json: Json): unknown {
  return spoil(dataSetSpoilers[place], json);
}

/** The response for the dimension or metric at a position below its data view. */
export function spoilComponent(place: number, json: Json): unknown {
  return spoil(componentSpoilers[place], json);
}

/** The response for the backfill at a position below its dataset. */
export function spoilBackfill(place: number, json: Json): unknown {
  return spoil(backfillSpoilers[place], json);
}

/** The response for the entry at a position of an audit log. */
export function spoilAuditEntry(place: number, json: Json): unknown {
  return spoil(auditSpoilers[place], json);
}

/** The response for the batch at a position below its dataset. */
export function spoilBatch(place: number, json: Json): unknown {
  return spoil(batchSpoilers[place], json);
}

function spoil(spoiler: Spoiler | undefined, json: Json): unknown {
  return spoiler ? spoiler(json) : json;
}

function without(json: Json, field: string): Json {
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== field));
}
