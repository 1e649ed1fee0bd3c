import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { type Answered, answered, rowsBelow } from '../../../support/answered';
import { getAction } from '../../../support/getAction';

/** Two neighbours that JavaScript takes for one number, as JSON writes them. */
const neighbours = fc
  .bigInt({ min: 2n ** 53n, max: 10n ** 40n })
  .map((id): readonly [string, string] => [String(2n * id), String(2n * id + 1n)]);

/** Holds that the rows of a kind are the two ids and nothing else. @returns them. */
async function both(
  at: Answered,
  parent: Resource,
  kind: Resource['kind'],
  ids: readonly string[],
): Promise<readonly [Resource, Resource]> {
  const rows = (await rowsBelow(at, parent, kind)).toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  assert.deepEqual(
    rows.map(({ id }) => id),
    ids,
  );
  const [first, second] = rows;
  assert.ok(first && second);
  return [first, second];
}

/** A list of two objects whose id is written as a number. */
function list(key: string, [first, second]: readonly [string, string], rest = '"x": 0'): string {
  return `[{ "${key}": ${first}, ${rest} }, {"${key}":${second},${rest}}]`;
}

describe('An ID is the text that the service wrote, to any length', () => {
  it('IDs of Krenalis are the texts that it wrote, to any length', () =>
    fc.assert(
      fc.asyncProperty(neighbours, async (ids) => {
        const pipelines = list('id', ids, '"running": false');
        const at = await answered('krenalis', (asked) => {
          if (asked.endsWith('/v1/connections'))
            return `{"connections": ${list('id', ids, `"linkedConnections": [${ids[0]}], "pipelines": ${pipelines}`)}}`;
          if (asked.endsWith('/runs'))
            return `{"runs": [{"id": ${ids[0]}, "pipeline": ${ids[1]}}, {"id": ${ids[1]}, "pipeline": ${ids[1]}}]}`;
          return `{"id": ${ids[1]}, "pipelines": ${pipelines}}`;
        });
        const [, connection] = await both(at, at.row, 'connection', ids);
        assert.ok(at.session.properties(connection).some(({ value }) => value === ids[0]));
        const [first, pipeline] = await both(at, connection, 'pipeline', ids);
        assert.ok(at.asked.includes(`GET /v1/connections/${ids[1]}`));
        await both(at, pipeline, 'run', ids);
        assert.deepEqual(await rowsBelow(at, first, 'run'), []);
        await at.session.read(pipeline, {});
        assert.ok(at.asked.includes(`GET /v1/pipelines/${ids[1]}`));
      }),
      { numRuns: 20 },
    ));

  it('IDs of Immuta are the texts that it wrote, to any length', () =>
    fc.assert(
      fc.asyncProperty(neighbours, async (ids) => {
        const at = await answered('immuta', (asked) => {
          if (asked.includes('/connections?')) return `{"connections": ${list('connectionKey', ids)}}`;
          if (asked.includes('_search') || asked.includes('/children'))
            return `{"dataObjects": ${list('id', ids)}}`;
          if (asked.includes('/runs?')) return `{"runs": ${list('runId', ids)}}`;
          if (asked.includes('parentId')) return '{"tasks": []}';
          if (asked.startsWith('DELETE')) return `{"taskId": ${ids[1]}}`;
          if (asked.includes('/tasks?')) return `{"tasks": ${list('taskId', ids)}}`;
          return `{"connectionKey": ${ids[1]}, "taskId": ${ids[1]}, "state": "INACTIVE"}`;
        });
        const [, connection] = await both(at, at.row, 'connection', ids);
        await both(at, connection, 'dataObject', ids);
        const [group] = await rowsBelow(at, connection, 'group');
        const [, task] = await both(at, group ?? assert.fail(), 'task', ids);
        await both(at, task, 'run', ids);
        await at.session.read(task, {});
        assert.ok(at.asked.includes(`GET /api/connections/${ids[1]}/tasks/${ids[1]}`));
        const outcome = await getAction(at.session.actions, connection, 'deleteConnection').perform(
          { kind: 'none' },
          {},
        );
        await outcome.run?.poll({});
        assert.match(at.asked.at(-1) ?? '', new RegExp(`/tasks/${ids[1]}/runs`));
      }),
      { numRuns: 20 },
    ));

  it('IDs of Adobe CJA are the texts that it wrote, to any length', () =>
    fc.assert(
      fc.asyncProperty(neighbours, async (ids) => {
        const datasets = list('dataSetId', ids);
        const at = await answered('cja', (asked) => {
          if (asked.includes('/backfills')) return `{"content": ${list('id', ids)}, "lastPage": true}`;
          if (asked.includes('/dataviews')) return `{"content": ${list('id', ids)}, "lastPage": true}`;
          if (asked.includes('/connections?')) return `{"content": ${list('id', ids)}, "lastPage": true}`;
          return `{"id": ${ids[1]}, "dataSets": ${datasets}}`;
        });
        const [, connection] = await both(at, at.row, 'connection', ids);
        const [, dataset] = await both(at, connection, 'dataset', ids);
        assert.match(at.asked.at(-1) ?? '', new RegExp(`/data/connections/${ids[1]}\\?`));
        assert.equal(await at.session.read(dataset, {}), `{"dataSetId":${ids[1]},"x": 0}`);
        const [, backfill] = await both(at, dataset, 'backfill', ids);
        assert.equal(await at.session.read(backfill, {}), `{"id":${ids[1]},"x": 0}`);
      }),
      { numRuns: 20 },
    ));

  it('IDs of Datadog are the texts that it wrote, to any length', () =>
    fc.assert(
      fc.asyncProperty(neighbours, async (ids) => {
        const connections = list('id', ids, `"fields": ${list('id', ids)}`);
        const at = await answered(
          'datadog',
          () =>
            `{"data": {"attributes": {"connections": ${connections}, "attributes": ${list('attribute', ids)}}}}`,
        );
        const [entity] = await rowsBelow(at, at.row, 'entity');
        const [, connection] = await both(at, entity ?? assert.fail(), 'connection', ids);
        const [, field] = await both(at, connection, 'field', ids);
        assert.equal(await at.session.read(field, {}), `{"id":${ids[1]},"x": 0}`);
        await getAction(at.session.actions, connection, 'deleteConnection').perform({ kind: 'none' }, {});
        assert.match(at.asked.at(-1) ?? '', new RegExp(`^DELETE .*/connection/${ids[1]}$`));
      }),
      { numRuns: 20 },
    ));
});

describe('An edited number keeps all its digits', () => {
  const long = '12345678901234567890.12345678901234567890';

  it('from the answer of Immuta to the request', async () => {
    const at = await answered('immuta', (asked) =>
      asked.includes('dryRun')
        ? `{"limit": ${long}, "other": 9007199254740993}`
        : `{"connectionKey": "c", "limit": 9007199254740993, "other": ${long}, "deep": {"a": 1e400, "b": 1}}`,
    );
    const [path, kind] = [at.row.path, 'connection'] as const;
    const connection: Resource = {
      path: `${path}/connection:c` as typeof path,
      kind,
      id: 'c',
      label: 'c',
      hasChildren: true,
    };
    const { actions } = at.session;
    assert.ok(actions);
    const { text } = await getAction(actions, connection, 'editConnection').draft({});
    for (const digits of ['9007199254740993', long, '1e400']) assert.ok(text.includes(digits), digits);
    const document = { text: text.replace('9007199254740993', long).replace('"b": 1', '"b": 2'), base: text };
    const preview = await getAction(actions, connection, 'editConnection').preview(document, {});
    assert.ok(preview.after.includes(long) && preview.after.includes('9007199254740993'));
    await getAction(actions, connection, 'editConnection').perform({ kind: 'document', ...document }, {});
    assert.equal(at.bodies.at(-1), `{"limit":${long},"deep":{"b":2}}`);
  });

  it('in a request to Krenalis', async () => {
    const at = await answered('krenalis', (asked) =>
      asked.startsWith('POST')
        ? '{"id": "new"}'
        : '{"connectors": [{"code": "postgresql", "asSource": {"hasSettings": true}}]}',
    );
    const text = `{"name": "n", "connector": "postgresql", "role": "Source", "linkedConnections": [9007199254740993], "settings": {"port": ${long}}}`;
    const { actions } = at.session;
    assert.ok(actions);
    await getAction(actions, at.row, 'createConnection').perform({ kind: 'document', text, base: '' }, {});
    assert.ok(
      at.bodies.at(-1)?.includes(`"linkedConnections":[9007199254740993],"settings":{"port":${long}}`),
    );
  });
});
