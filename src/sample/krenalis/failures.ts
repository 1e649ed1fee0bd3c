import type { Answer } from '../common/exchange';
import { Refusal } from '../common/refusal';

/** The statuses of some codes; all others have 422. */
const statuses: Readonly<Record<string, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  TooManyRequests: 429,
  ServiceUnavailable: 503,
};

const nosniff = { 'x-content-type-options': 'nosniff' };

/** Thrown by a route, and sent in the shape of Krenalis' errors. */
export class KrenalisFailure extends Refusal {
  constructor(
    readonly code: string,
    message: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  answer(): Answer {
    const body = `${JSON.stringify({ error: { code: this.code, message: this.message } })}\n`;
    const type = 'application/json; charset=utf-8';
    return {
      status: statuses[this.code] ?? 422,
      headers: { 'content-type': type, ...nosniff, ...this.headers },
      body,
    };
  }
}

/** The failure of most validations. */
export function badRequest(message: string): KrenalisFailure {
  return new KrenalisFailure('BadRequest', message);
}

/** Thrown if the service has no code for a failure; sent as plain text. */
export class PlainFailure extends Refusal {
  constructor(
    private readonly status: number,
    message: string,
  ) {
    super(message);
  }

  answer(): Answer {
    return textAnswer(this.status, this.message);
  }
}

/** A response of the server in front of the operations: plain text. */
export function textAnswer(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...nosniff, ...headers },
    body: `${text}\n`,
  };
}

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
