import { badRequest } from './failures';

/** The body of a request as an object. */
export type Body = Readonly<Record<string, unknown>>;

/** @throws KrenalisFailure if the body is not a JSON object. */
export function readBody(text: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest(`invalid character '${text.charAt(0)}' at start of value`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest('json: cannot unmarshal JSON value into Go struct');
  return { ...value };
}

/** A string in the body; null and absent are equivalent. @throws KrenalisFailure if it is something else. */
export function readText(body: Body, key: string): string | null {
  const value = body[key];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string')
    throw badRequest(`json: cannot unmarshal JSON ${typeof value} into Go string within "/${key}"`);
  return value;
}
