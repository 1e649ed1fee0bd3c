import { DatadogFailure } from './failures';
import type { Field } from './words';

type Values = Readonly<Record<string, unknown>>;

/** The resource of a request body: `{data: {id, type: "connection_id", attributes}}`. @throws DatadogFailure 400. */
export function readBody(body: string): { readonly id: string; readonly attributes: Values } {
  const data = object(parsed(body).data, '/data');
  const type = text(data, 'type', '/data');
  if (type !== 'connection_id') throw invalid('value must be "connection_id"', '/data/type');
  return { id: text(data, 'id', '/data'), attributes: object(data.attributes, '/data/attributes') };
}

/** A list of objects; may be absent. @throws DatadogFailure 400. */
export function objects(values: Values, key: string): readonly Values[] {
  const value = values[key] ?? [];
  if (!Array.isArray(value)) throw invalid('value must be a list', `/data/attributes/${key}`);
  return value.map((item, place) => object(item, `/data/attributes/${key}/${place}`));
}

/** A field in a request. @throws DatadogFailure 400 if one of the three required texts is missing. */
export function readField(values: Values, place: string): Field {
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
export function text(values: Values, key: string, place: string): string {
  const value = values[key];
  if (typeof value !== 'string' || value === '') throw invalid('missing required field', `${place}/${key}`);
  return value;
}

/** The texts of a list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** True for an object. */
export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown, place: string): Values {
  if (!isValues(value)) throw invalid('missing required field', place);
  return value;
}

function parsed(body: string): Values {
  try {
    return object(JSON.parse(body), '/');
  } catch (error) {
    if (error instanceof DatadogFailure) throw error;
    throw invalid('the body is not JSON', '/');
  }
}

function invalid(detail: string, pointer: string): DatadogFailure {
  return new DatadogFailure(400, 'Bad Request', detail, pointer);
}
