import { isValues, objects, readBody, readField, text, texts } from './bodies';
import { DatadogFailure } from './failures';
import type { Profiles } from './profiles';
import type { Field } from './words';

const place = '/data/attributes';

/** POST …/mapping/connection. @throws DatadogFailure 400, and 409 if the ID is taken. */
export function createConnection(profiles: Profiles, body: string): void {
  const { id, attributes } = readBody(body);
  if (profiles.get(id)) throw new DatadogFailure(409, 'Conflict', `connection ${id} already exists`);
  profiles.add({
    id,
    type: text(attributes, 'type', place),
    join: {
      attribute: text(attributes, 'join_attribute', place),
      type: text(attributes, 'join_type', place),
    },
    fields: objects(attributes, 'fields').map((field, index) => readField(field, `${place}/fields/${index}`)),
    ...(isValues(attributes.metadata) && { metadata: words(attributes.metadata) }),
  });
}

/** PUT …/mapping/connection. Atomic. @throws DatadogFailure 400, 404 and 409. */
export function updateConnection(profiles: Profiles, body: string): void {
  const { id, attributes } = readBody(body);
  const connection = profiles.get(id) ?? missing(`connection ${id}`);
  const fields = new Map(connection.fields.map((field) => [field.id, field]));
  for (const fieldId of texts(attributes.fields_to_delete)) {
    if (!fields.delete(fieldId)) missing(`field ${fieldId}`);
  }
  for (const change of objects(attributes, 'fields_to_update')) {
    const field = fields.get(text(change, 'field_id', place)) ?? missing(`field ${String(change.field_id)}`);
    fields.set(field.id, changed(field, change));
  }
  for (const added of objects(attributes, 'fields_to_add')) {
    const field = readField(added, `${place}/fields_to_add`);
    if (fields.has(field.id)) throw new DatadogFailure(409, 'Conflict', `field ${field.id} already exists`);
    fields.set(field.id, field);
  }
  profiles.setFields(connection, [...fields.values()]);
}

/** DELETE …/mapping/connection/{id}. @throws DatadogFailure 404. */
export function deleteConnection(profiles: Profiles, id: string): void {
  if (!profiles.remove(id)) missing(`connection ${id}`);
}

function changed(field: Field, change: Readonly<Record<string, unknown>>): Field {
  const { updated_description: description } = change;
  return {
    ...field,
    display_name: typeof change.updated_display_name === 'string' ? change.updated_display_name : '',
    ...(typeof description === 'string' && { description }),
    groups: texts(change.updated_groups),
  };
}

/** Metadata maps keys to texts (OpenAPI). */
function words(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

function missing(what: string): never {
  throw new DatadogFailure(404, 'Not Found', `${what} not found`);
}
