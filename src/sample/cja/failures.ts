import { jsonAnswer, type Answer, type SampleRequest } from '../common/exchange';
import { Refusal } from '../common/refusal';

/** The errors of the CJA service itself, with their statuses. Adobe's OpenAPI document, `ErrorStatus`. */
const statuses = {
  invalid_parameters: 400,
  invalid_json_input: 400,
  invalid_data: 400,
  insufficient_access: 403,
  resource_not_found: 404,
  method_not_allowed: 405,
} as const;

/** Thrown by a route, and sent in the shape of the CJA service's errors. */
export class CjaFailure extends Refusal {
  constructor(
    readonly code: keyof typeof statuses,
    description: string,
  ) {
    super(description);
  }

  answer({ id }: SampleRequest): Answer {
    return jsonAnswer(statuses[this.code], {
      errorCode: this.code,
      errorDescription: this.message,
      errorId: id,
      errorDetails: {},
      rootCauseService: 'cja',
    });
  }
}

/** The errors of the gateway in front of the service. Adobe's open-source API gateway, and Adobe's CJA FAQ for 429050. */
const gatewayErrors = {
  '401013': 'Oauth token is not valid',
  '403000': 'Api Key is required',
  '403003': 'Api Key is invalid',
  '403010': 'Oauth token is missing.',
  '403027': 'User region is missing',
  '429050': 'Too many requests',
} as const;

/** The gateway's response. The first three digits of its code are the status. */
export function gatewayAnswer(
  code: keyof typeof gatewayErrors,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(Number(code.slice(0, 3)), { error_code: code, message: gatewayErrors[code] }, headers);
}
