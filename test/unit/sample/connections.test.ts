import assert from 'node:assert/strict';
import { it } from 'node:test';
import { at, column, content, items, signedIn } from './signedIn';

const list = '/data/connections';
const full = 'name,owner,ownerFullName,dataSets,modified,sandboxName,sandboxId,backfillsSummaryConnection';

it('pages by 10, sorted by id, in the envelope of the guide', async () => {
  const { get } = await signedIn({ connections: 25 });
  const first = await get(list);
  assert.deepEqual(envelope(first.json), {
    number: 0,
    totalElements: 25,
    totalPages: 3,
    numberOfElements: 10,
    firstPage: true,
    lastPage: false,
    sort: null,
    size: 10,
  });
  assert.deepEqual(Object.keys(content(first)[0] ?? {}), ['idWithoutPrefix', 'id']);
  const all = column(await get(`${list}?limit=100`), 'id');
  assert.deepEqual(all, all.toSorted());
  const last = await get(`${list}?page=2`);
  assert.deepEqual([column(last, 'id'), at(last.json, 'lastPage')], [all.slice(20), true]);
  assert.deepEqual(content(await get(`${list}?page=3`)), []);
  assert.deepEqual(column(await get(`${list}?limit=100&sortDirection=DESC`), 'id'), all.toReversed());
});

it('pages in the envelope of the OpenAPI document, and caps the limit', async () => {
  const { get } = await signedIn({ connections: 25, envelope: 'spring', maxLimit: 20 });
  const page = (await get(`${list}?limit=1000`)).json;
  const { pageable, ...counts } = envelope(page);
  assert.equal(at(pageable, 'pageSize'), 20);
  const sort = { sorted: true, unsorted: false, empty: false };
  const expected = { number: 0, totalElements: 25, totalPages: 2, numberOfElements: 20, size: 20 };
  assert.deepEqual(counts, { ...expected, first: true, last: false, empty: false, sort });
});

it('returns the same organization every time, and another for another seed', async () => {
  const path = `${list}?limit=100&expansion=${full}`;
  const options = { now: () => 1_700_000_000_000 };
  const [one, two, other] = await Promise.all(
    [options, options, { ...options, seed: 2 }].map(async (o) => (await (await signedIn(o)).get(path)).json),
  );
  assert.deepEqual(one, two);
  assert.notDeepEqual(one, other);
});

it('adds only its own fields with each expansion', async () => {
  const { get } = await signedIn();
  const [row] = content(await get(`${list}?limit=1&expansion=modified,validationErrors`));
  assert.deepEqual(Object.keys(row ?? {}), [
    'modifiedDate',
    'modifiedBy',
    'modifiedByFullName',
    'connectionValidationErrors',
    'idWithoutPrefix',
    'id',
  ]);
  const id = String(at(row, 'id'));
  const plain = (await get(`${list}/${id}?expansion=dataSets`)).json;
  assert.equal(at(plain, 'dataSets', 0, 'schemaInfo'), undefined);
  const nested =
    'dataSets,schemaInfo,backfillsSummaryDataSets,dataSetLastIngested,granularBackfills,granularStreaming';
  const rich = (await get(`${list}/${id}?expansion=${nested}`)).json;
  const added = ['schemaInfo', 'backfills', 'backfillSummary', 'lastIngestedTime'];
  assert.ok(added.every((key) => at(rich, 'dataSets', 0, key) !== undefined));
});

it('accepts every documented expansion of list and detail, and refuses others', async () => {
  const { get } = await signedIn({ connections: 1 });
  const common =
    'name,description,owner,isDeleted,isDisabled,dataSets,createdDate,modified,caseSensitive,organization,components,' +
    'numDailyEvents,externalData,backfillEnabled,granularBackfills,granularStreaming,backfillsSummaryConnection,' +
    'backfillsSummaryDataSets,dataSetLastIngested,sandboxName,sandboxId,fieldsId,floatPrecision,dataRetentionMonths,' +
    'validationErrors,resolveIdentityNamespace,stitchedDataSets,primaryIdType,configuredContainers,componentType,ownerFullName';
  const [row] = content(await get(`${list}?expansion=${common}`));
  const detail = await get(
    `${list}/${String(at(row, 'id'))}?expansion=${common},schemaInfo,tags,internalLabels`,
  );
  assert.equal(detail.status, 200);
  for (const wrong of ['schemaInfo', 'tags', 'unknown', 'toString']) {
    const reply = await get(`${list}?expansion=name,${wrong}`);
    assert.deepEqual([reply.status, at(reply.json, 'errorCode')], [400, 'invalid_parameters']);
  }
});

it('filters by sandbox, id, dataset, date and type', async () => {
  const { get } = await signedIn({ connections: 30 });
  const rows = content(await get(`${list}?limit=100&expansion=${full}`));
  const ids = async (query: string) => column(await get(`${list}?limit=100&${query}`), 'id');
  const expected = (wanted: (row: unknown) => boolean) => rows.filter(wanted).map((row) => at(row, 'id'));

  const inDev = expected((row) => at(row, 'sandboxName') === 'dev');
  assert.ok(inDev.length > 0 && inDev.length < 30);
  assert.deepEqual(await ids('sandboxName=dev'), inDev);
  const devId = at(
    rows.find((row) => at(row, 'sandboxName') === 'dev'),
    'sandboxId',
  );
  assert.deepEqual(await ids(`sandboxId=${String(devId)}`), inDev);
  assert.deepEqual(await ids(`connectionIds=${inDev.slice(0, 2).join(',')}`), inDev.slice(0, 2));

  const dataSetIds = (row: unknown) => items(at(row, 'dataSets')).map((one) => at(one, 'dataSetId'));
  const shared = rows.flatMap(dataSetIds).find((id, place, all) => all.indexOf(id) !== place);
  const users = expected((row) => dataSetIds(row).includes(shared));
  assert.ok(users.length > 1);
  assert.deepEqual(await ids(`dataSetIds=${String(shared)}`), users);

  const dates = rows.map((row) => String(at(row, 'modifiedDate'))).toSorted();
  const middle = dates[15] ?? '';
  assert.deepEqual(
    await ids(`filterByModifiedAfter=${middle}`),
    expected((row) => String(at(row, 'modifiedDate')) > middle),
  );
  const byDate = await get(`${list}?limit=100&sortProperty=modifiedDate&expansion=modified`);
  assert.deepEqual(column(byDate, 'modifiedDate'), dates);
  assert.deepEqual(await ids('internalLabel=any'), []);
  assert.equal((await ids('includeType=disabled,systemUserOwned')).length, 32);
});

it('refuses parameters that it cannot parse', async () => {
  const { get } = await signedIn();
  const wrong = ['limit=0', 'limit=x', 'page=-1', 'sortProperty=name', 'sortDirection=UP', 'cached=maybe'];
  for (const query of [
    ...wrong,
    'includeType=all',
    'filterByModifiedAfter=soon',
    'includeHiddenDataSets=perhaps',
  ]) {
    assert.equal((await get(`${list}?${query}`)).status, 400, query);
  }
  assert.equal((await get(`${list}/search`)).status, 400);
});

it('reads one connection, by its ID with the prefix or without, and searches', async () => {
  const { get } = await signedIn();
  const [row] = content(await get(`${list}?expansion=name&limit=1`));
  assert.deepEqual((await get(`${list}/${String(at(row, 'id'))}?expansion=name`)).json, row);
  assert.deepEqual((await get(`${list}/${String(at(row, 'idWithoutPrefix'))}?expansion=name`)).json, row);
  const missing = await get(`${list}/dg_unknown`);
  assert.deepEqual([missing.status, at(missing.json, 'errorCode')], [404, 'resource_not_found']);
  const name = String(at(row, 'name')).toUpperCase();
  const found = await get(`${list}/search?expansion=name&query=${encodeURIComponent(name)}`);
  assert.deepEqual(content(found), [row]);
});

it('shows hidden datasets on demand', async () => {
  const { get } = await signedIn({ connections: 1, datasets: 2 });
  const count = async (query: string) => items(at(content(await get(list + query))[0], 'dataSets')).length;
  assert.equal(await count('?expansion=dataSets'), 2);
  assert.equal(await count('?expansion=dataSets&includeHiddenDataSets=true'), 3);
});

it('has every kind of dataset, several sandboxes, and one connection without any dataset', async () => {
  const { get } = await signedIn();
  const rows = content(await get(`${list}?limit=100&expansion=${full},validationErrors`));
  assert.equal(new Set(rows.map((row) => at(row, 'name'))).size, 40);
  const dataSets = rows.flatMap((row) => items(at(row, 'dataSets')));
  assert.deepEqual([...new Set(dataSets.map((one) => at(one, 'type')))].toSorted(), [
    'event',
    'lookup',
    'profile',
  ]);
  assert.equal(new Set(rows.map((row) => at(row, 'sandboxName'))).size, 3);
  assert.equal(rows.filter((row) => at(row, 'dataSets', 0) === undefined).length, 1);
  assert.equal(rows.filter((row) => at(row, 'connectionValidationErrors', 0) !== undefined).length, 4);
});

it('connections change by the hooks of the sample', async () => {
  const { service, get } = await signedIn({ connections: 2 });
  const id = service.cja.addConnection();
  assert.ok(column(await get(list), 'id').includes(id));
  service.cja.renameConnection(id, 'Renamed');
  assert.equal(at((await get(`${list}/${id}?expansion=name`)).json, 'name'), 'Renamed');
  service.cja.removeConnection(id);
  assert.equal((await get(`${list}/${id}`)).status, 404);
});

it('lists the data source types', async () => {
  const { get } = await signedIn();
  const reply = await get(`${list}/configurationSettings?locale=en_US`);
  assert.deepEqual(at(reply.json, 'dataSourceTypes', 0), { id: 'webData', type: 'Web Data' });
});

it('sends malformed data on demand', async () => {
  const { get } = await signedIn({ hostile: true });
  const reply = await get(`${list}?limit=100&expansion=${full}`);
  const rows = content(reply);
  assert.ok(rows.includes(null));
  assert.ok(rows.some((row) => at(row, 'name') === 'Lone surrogate \uD800 here'));
  assert.ok(rows.some((row) => typeof row === 'object' && row !== null && Object.hasOwn(row, '__proto__')));
  const slashed = rows.find((row) => at(row, 'id') === 'dg_with/slash and space');
  assert.equal((await get(`${list}/${encodeURIComponent(String(at(slashed, 'id')))}`)).status, 200);
});

function envelope(page: unknown): Readonly<Record<string, unknown>> {
  assert.ok(typeof page === 'object' && page !== null);
  return Object.fromEntries(Object.entries(page).filter(([key]) => key !== 'content'));
}
