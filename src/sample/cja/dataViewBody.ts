import { emptyDataView, type DataViewFields } from './dataView';
import { CjaFailure } from './failures';
import type { Organization } from './organization';

/** The fields of a data view in a request, as received. */
export type Input = Readonly<Record<string, unknown>>;

/** Required to create a data view. Adobe only shows the message for `timezoneDesignator`; the others are inferred. */
const required = ['name', 'parentDataGroupId', 'timezoneDesignator'] as const;

/** @throws CjaFailure `invalid_json_input` if the body is not a JSON object. */
export function readInput(body: string): Input {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new CjaFailure('invalid_json_input', 'The body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CjaFailure('invalid_json_input', 'The body must be a JSON object');
  }
  return { ...value };
}

/**
 * The validation error of a new data view, with the messages of the guide's example of validation, if it has any.
 * @returns undefined if it is valid.
 */
export function faultOfNew(organization: Organization, input: Input): string | undefined {
  const missing = required.filter((field) => input[field] === undefined || input[field] === null);
  if (missing.length > 0) return `The following fields are required: [${missing.join(', ')}] `;
  return faultOfFields(organization, input);
}

/** The validation error of the given fields (inference). @returns undefined if they are valid. */
export function faultOfFields(organization: Organization, input: Input): string | undefined {
  const mistyped = Object.entries(emptyDataView).find(
    ([field, example]) => field in input && getKind(input[field]) !== getKind(example),
  );
  if (mistyped) return `Field '${mistyped[0]}' must be ${getKind(mistyped[1])}`;
  const { name, parentDataGroupId: parent, timezoneDesignator: zone } = input;
  if (typeof name === 'string' && name.trim() === '') return "Field 'name' must be a text that is not empty";
  if (typeof parent === 'string' && !organization.connection(parent))
    return `Connection ${parent} was not found`;
  return typeof zone === 'string' && !isZone(zone)
    ? `Field 'timezoneDesignator' is not a time zone: ${zone}`
    : undefined;
}

/** The fields of the input that a data view stores. The service sets others itself, such as owner and dates (guide). */
export function writtenFields(input: Input): Partial<DataViewFields> {
  const names = new Set(Object.keys(emptyDataView));
  return Object.fromEntries(Object.entries(input).filter(([name]) => names.has(name)));
}

function getKind(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  const kinds: Readonly<Record<string, string>> = { string: 'a text', object: 'an object' };
  return kinds[typeof value] ?? `a ${typeof value}`;
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
