import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  attributesIn,
  connectionsIn,
  readList,
} from '../../../../../src/core/services/datadog/client/listing';
import { readError } from '../../../../../src/core/services/datadog/client/errors';
import { toProperties } from '../../../../../src/core/services/datadog/details/properties';
import { toFields } from '../../../../../src/core/services/datadog/levels/fields';
import {
  attributeResource,
  connectionResource,
} from '../../../../../src/core/services/datadog/levels/resources';
import { attributeSchema, connectionSchema } from '../../../../../src/core/services/datadog/client/schemas';
import type { JsonValue } from '../../../../../src/core/http/json';
import { HttpError } from '../../../../../src/core/http/errors';
import { decodeItems } from '../../../../../src/core/services/common/items';
import { childPath, parsePath } from '../../../../../src/core/services/contract/path';
import type { PageItem } from '../../../../../src/core/services/contract/page';
import { accountRow } from '../../../../support/service';
import { getJson } from '../../../../../src/core/services/contract/resource';

const entity = { ...accountRow, path: childPath(accountRow.path, 'entity', 'users'), id: 'users' };
const group = { ...entity, path: childPath(entity.path, 'group', 'attributes') };

/** JSON that looks like what the service sends, with anything in the places of its fields. */
const anything = fc.jsonValue({ maxDepth: 3 });
const key = fc.constantFrom(
  'id',
  'attribute',
  'type',
  'join',
  'fields',
  'groups',
  'source_name',
  'display_name',
  'metadata',
  'created_at',
  'created_by',
  'is_custom',
  '__proto__',
);
const lookalike = fc.dictionary(
  key,
  fc.oneof(anything, fc.array(fc.dictionary(key, anything), { maxLength: 3 })),
  { maxKeys: 8 },
);
const values = fc
  .array(fc.oneof(anything, lookalike), { maxLength: 5 })
  .map((sent) => JSON.parse(JSON.stringify(sent)) as readonly unknown[]);

it('the fields of a connection are complete if there are none, and not if the answer has something else', () => {
  const isPartial = (fields?: JsonValue): boolean | undefined =>
    toFields({ ...accountRow, kind: 'connection' }, fields === undefined ? {} : { fields }).isPartial;
  assert.deepEqual([isPartial(), isPartial(null), isPartial([])], [false, false, false]);
  const items = [{}, { fields: null }].map((json) => toFields(accountRow, json).items);
  assert.deepEqual(items, [[], []]);
  assert.deepEqual([isPartial('x'), isPartial({}), isPartial(0)], [true, true, true]);
});

function checkRows(items: readonly PageItem[]): void {
  for (const { resource } of items) {
    assert.ok(parsePath(resource.path), resource.path);
    assert.ok(resource.label !== '');
    for (const { label, value } of toProperties(resource))
      assert.equal(typeof label + typeof value, 'stringstring');
  }
}

describe('decoding answers of Datadog', () => {
  it('makes rows of any connections and fields, and never throws', () => {
    fc.assert(
      fc.property(values, (sent) => {
        const items = decodeItems(sent, entity, 'connections', connectionSchema, (connection, json) => ({
          resource: connectionResource(entity, connection, json),
        }));
        checkRows(items);
        for (const { resource } of items) {
          if (!resource.json) continue;
          const fields = toFields(resource, getJson(resource) ?? {}).items;
          assert.equal(resource.hasChildren, fields.length > 0);
          checkRows(fields);
        }
      }),
    );
  });

  it('makes rows of any attributes', () => {
    fc.assert(
      fc.property(values, (sent) => {
        checkRows(
          decodeItems(sent, group, 'attributes', attributeSchema, (attribute, json) => ({
            resource: attributeResource(group, attribute, json),
          })),
        );
      }),
    );
  });

  it('takes a text in the place of an object around a list for no empty list', () => {
    for (const data of ['x', { attributes: 'x' }, { attributes: [] }, { type: 'mapping', attributes: 'x' }]) {
      const response = { status: 200, headers: {}, text: JSON.stringify({ data }) };
      assert.throws(() => readList(response, connectionsIn), { kind: 'protocol' });
    }
  });

  it('reads any answer as a list, or reports that it is not one', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), fc.string()),
        fc.constantFrom(connectionsIn, attributesIn),
        (text, place) => {
          try {
            assert.ok(Array.isArray(readList({ status: 200, headers: {}, text }, place)));
          } catch (error) {
            assert.ok(error instanceof HttpError && error.kind === 'protocol');
          }
        },
      ),
    );
    assert.deepEqual(readList({ status: 204, headers: {}, text: '' }, connectionsIn), []);
  });

  it('reads any error body without throwing, and no object as a text', () => {
    const error = fc.dictionary(
      fc.constantFrom('title', 'detail', 'code', 'id', 'meta', 'source', 'details', 'message'),
      anything,
    );
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ errors: fc.array(fc.oneof(anything, error)) }).map((value) => JSON.stringify(value)),
      fc.record({ error }).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(body, (text) => {
        const { message = '' } = readError({ status: 429, headers: {}, text });
        assert.ok(text.includes('[object') || !message.includes('[object'));
      }),
    );
  });

  it('show the texts that a response has, each once', () => {
    const text = JSON.stringify({ errors: ['', 'First', { detail: '' }, 'First', 'Second'] });
    assert.equal(readError({ status: 400, headers: {}, text }).message, 'First; Second');
  });
});
