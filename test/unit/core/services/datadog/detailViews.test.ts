import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { datadogPortrait } from '../../../../../src/core/services/datadog/details/detailViews';
import { toFields } from '../../../../../src/core/services/datadog/levels/fields';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { Structure } from '../../../../../src/core/services/contract/detailViews';
import type { JsonObject } from '../../../../../src/core/http/json';
import { type Resource, getJson } from '../../../../../src/core/services/contract/resource';
import { accountRow, startService } from '../../../../support/service';
import { firstRow, connectionRow, entityRow } from '../../../../support/rows';
import { cells, edgeTexts, listsBelow, roles, sources } from '../detailViews';

function structure(json: JsonObject): Structure {
  const path = childPath(childPath(accountRow.path, 'entity', 'users'), 'connection', 'c');
  const connection: Resource = { ...accountRow, path, kind: 'connection', id: 'c', label: 'c', json };
  const fields = toFields(connection, json).items.map(({ resource }) => resource);
  return datadogPortrait.structure(connection, () => fields);
}

function fields(count: number, getGroup: (index: number) => string): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({ id: `f${index}`, groups: [getGroup(index)] }));
}

describe('the detail views of a Datadog connection', () => {
  it('have a table of its fields', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    assert.deepEqual(sources(h.session, connection), [['Fields', connection.path]]);
    const field = await firstRow(h.session, connection, 'field');
    const json = getJson(field) ?? {};
    assert.deepEqual(cells(h.session, connection, 0, field), {
      Groups: Array.isArray(json.groups) ? json.groups.join(', ') : '',
      Type: json.type,
      'Source column': json.source_name,
      Description: json.description,
    });
    assert.equal(datadogPortrait.timeline(connection), undefined);
  });

  it('draw entity, join and fields by group', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const drawn = datadogPortrait.structure(connection, await listsBelow(h.session, [connection]));
    const [first, second] = edgeTexts(drawn);
    assert.equal(first, 'users -[]-> user_email');
    assert.equal(second, `user_email -[email]-> ${connection.label}`);
    assert.ok(Object.values(roles(drawn)).includes('field'));
  });

  it('draw many fields as their groups, and many groups as the largest of them', () => {
    const some = structure({ id: 'c', fields: fields(500, (index) => `g${index % 5}`) });
    assert.equal(some.nodes.length, 2 + 5);
    assert.equal(roles(some).g0, '100 fields');
    const many = structure({ id: 'c', fields: fields(10_000, (index) => `g${Math.min(index, 9000)}`) });
    assert.equal(many.nodes.length, 2 + 40 + 1);
    assert.deepEqual(
      ['g9000', 'g0', '8961 more groups'].map((label) => roles(many)[label]),
      ['1000 fields', '1 field', '8961 fields'],
    );
  });

  it('tolerate missing and mistyped data', () => {
    assert.deepEqual(edgeTexts(structure({ id: 'c' })), ['users -[]-> c']);
    assert.equal(structure({ id: 'c' }).nodes.find(({ label }) => label === 'c')?.role, 'connection');
    const odd = { id: 'c', join: { attribute: 5 }, fields: [{ id: 'x', groups: 'a' }, { id: 'x' }, 5] };
    assert.deepEqual(edgeTexts(structure(odd)), ['users -[]-> 5', '5 -[]-> c', 'c -[]-> x']);
  });
});

describe('the overview of a Datadog account', () => {
  it('counts entities and connections, and loads the latter when asked to', () => {
    const [entities, connections] = datadogPortrait.accountLevels?.() ?? [];
    assert.deepEqual([entities?.kind, entities?.load], ['entity', undefined]);
    assert.deepEqual([connections?.kind, connections?.load?.prefetchable], ['connection', false]);
    assert.equal(connections?.load?.missing(2, 3), 'Not loaded for 2 of 3 entities');
  });
});

describe('the structure of a Datadog resource', () => {
  it('is drawn from its own list, for entities and connections alone', () => {
    const inputs = (kind: Resource['kind']): unknown =>
      datadogPortrait.structureInputs({ ...accountRow, kind });
    assert.deepEqual((['entity', 'connection', 'field', 'account'] as const).map(inputs), [
      [accountRow.path],
      [accountRow.path],
      [],
      [],
    ]);
  });
});

describe('the detail views of a Datadog entity', () => {
  it('have its connections as table and as structure', async () => {
    await using h = await startService('datadog', { connections: 6 });
    const entity = await entityRow(h.session, 'users');
    assert.deepEqual(sources(h.session, entity), [['Connections', entity.path]]);
    const connection = await connectionRow(h.session);
    assert.deepEqual(Object.keys(cells(h.session, entity, 0, connection)), ['Type', 'Joined by', 'Fields']);
    const drawn = datadogPortrait.structure(entity, await listsBelow(h.session, [entity]));
    assert.equal(drawn.nodes.filter(({ kind }) => kind === 'connection').length, 6);
    assert.ok(edgeTexts(drawn).length >= 6);
  });
});
