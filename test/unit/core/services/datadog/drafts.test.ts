import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parse } from 'jsonc-parser';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../../../src/core/http/json';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { startService } from '../../../../support/service';
import { connectionRow, entityRow } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';

/** The values that differ from one in a single place, at any depth. */
function deviations(value: JsonValue): readonly JsonValue[] {
  if (typeof value === 'string') return ['', 7];
  if (Array.isArray(value)) {
    const items = value.flatMap((item: JsonValue, at) =>
      deviations(item).map((other) => value.with(at, other) as JsonValue),
    );
    return ['no list', ...items];
  }
  if (!isJsonObject(value)) return [];
  const members = Object.entries(value).flatMap(([name, member]) => [
    Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)),
    ...deviations(member).map((other) => ({ ...value, [name]: other })),
  ]);
  return [7, { ...value, unknown: 'x' }, { ...value, unknown: 7 }, ...members];
}

/** True if an editor marks nothing in a value, as far as the schemas of Datadog's documents go. */
function fits(schema: JsonValue | undefined, value: JsonValue): boolean {
  if (!isJsonObject(schema)) return schema !== false;
  const { type, required, properties, additionalProperties, items, minLength } = schema;
  if (typeof value === 'string') return type === 'string' && value.length >= Number(minLength ?? 0);
  if (Array.isArray(value)) return type === 'array' && value.every((item: JsonValue) => fits(items, item));
  if (!isJsonObject(value)) return false;
  const known = isJsonObject(properties) ? properties : {};
  return (
    type === 'object' &&
    (Array.isArray(required) ? required : []).every(
      (name: unknown) => typeof name === 'string' && name in value,
    ) &&
    Object.entries(value).every(([name, member]) => fits(known[name] ?? additionalProperties, member))
  );
}

/** Those of the suggestions in a schema, by the name of their member, that are empty. */
function emptyLists(schema: JsonValue): readonly string[] {
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([name, member]) =>
    Array.isArray(member) && member.length === 0 ? [name] : emptyLists(member),
  );
}

const FILLED_IN = { id: 'crm', join_attribute: 'usr.email' };

for (const [action, getRow, filledIn] of [
  ['createConnection', (session) => entityRow(session, 'users'), FILLED_IN],
  ['editFields', (session) => connectionRow(session), {}],
] as const satisfies readonly (readonly [
  string,
  (session: Parameters<typeof entityRow>[0]) => Promise<Resource>,
  JsonObject,
])[])
  it(`The editor marks in the document of ${action} just what is refused`, async () => {
    await using h = await startService('datadog');
    const { draft, preview } = getAction(h.session.actions, await getRow(h.session), action);
    const { text: base, schema } = await draft({});
    const document = { ...(parse(base) as JsonObject), ...filledIn };
    const isAccepted = (value: JsonValue): Promise<boolean> =>
      preview({ text: JSON.stringify(value), base }, {}).then(
        () => true,
        () => false,
      );
    assert.ok(fits(schema, document) && (await isAccepted(document)));
    const others = deviations(document);
    assert.ok(others.length > 20);
    for (const value of others)
      assert.equal(fits(schema, value), await isAccepted(value), JSON.stringify(value));
    assert.deepEqual(emptyLists(schema), []);
  });
