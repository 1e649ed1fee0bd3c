import { DatadogFailure } from './failures';
import type { Field } from './words';
import type { Profiles } from './profiles';

type Values = Readonly<Record<string, unknown>>;

/** The resource of a request body: `{data: {id, type: "connection_id", attributes}}`. @throws DatadogFailure 400. */
function readBody(body: string): { readonly id: string; readonly attributes: Values } {
  const data = object(parsed(body).data, '/data');
  const type = text(data, 'type', '/data');
  if (type !== 'connection_id') throw invalid('value must be "connection_id"', '/data/type');
  return { id: text(data, 'id', '/data'), attributes: object(data.attributes, '/data/attributes') };
}

/** A list of objects; may be absent. @throws DatadogFailure 400. */
function objects(values: Values, key: string): readonly Values[] {
  const value = values[key] ?? [];
  if (!Array.isArray(value)) throw invalid('value must be a list', `/data/attributes/${key}`);
  return value.map((item, place) => object(item, `/data/attributes/${key}/${place}`));
}

/** A field in a request. @throws DatadogFailure 400 if one of the three required texts is missing. */
function readField(values: Values, place: string): Field {
  return {
    id: text(values, 'id', place),
    source_name: text(values, 'source_name', place),
    type: text(values, 'type', place),
    ...(typeof values.display_name === 'string' && { display_name: values.display_name }),
    ...(typeof values.description === 'string' && { description: values.description }),
    ...(Array.isArray(values.groups) && { groups: texts(values.groups) }),
  };
}

/** A required text. @throws DatadogFailure 400. */
function text(values: Values, key: string, place: string): string {
  const value = values[key];
  if (typeof value !== 'string' || value === '') throw invalid('missing required field', `${place}/${key}`);
  return value;
}

/** The texts of a list. */
function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** True for an object. */
function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown, place: string): Values {
  if (!isValues(value)) throw invalid('missing required field', place);
  return value;
}

function parsed(body: string): Values {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw invalid('the body is not JSON', '/');
  }
  return object(value, '/');
}

function invalid(detail: string, pointer: string): DatadogFailure {
  return new DatadogFailure(400, 'Bad Request', detail, pointer);
}

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
