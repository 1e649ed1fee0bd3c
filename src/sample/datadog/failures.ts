import { jsonAnswer, type Answer } from '../common/exchange';
import { Refusal } from '../common/refusal';

/** Thrown by an operation, and sent in the shape of Datadog's errors (recorded from its other APIs). */
export class DatadogFailure extends Refusal {
  constructor(
    readonly status: 400 | 404 | 409,
    readonly title: string,
    detail: string,
    readonly pointer?: string,
  ) {
    super(detail);
  }

  answer(): Answer {
    const { status, title, message: detail, pointer } = this;
    const source = pointer === undefined ? {} : { source: { pointer } };
    const error = { status: String(status), title, detail, ...source };
    return jsonAnswer(status, { errors: [error] }, { 'content-type': 'application/vnd.api+json' });
  }
}

/** Datadog's response to unknown credentials: JSON, whatever the content type says (recorded). */
export function forbidden(): Answer {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return jsonAnswer(403, { errors: [{ title: 'Forbidden' }] }, headers);
}
