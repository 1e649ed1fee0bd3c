import { jsonAnswer, type Answer, type SampleRequest } from '../common/exchange';
import type { ResolvedOptions } from '../common/options';

export const clientId = 'c0ffee5a3f1c4d0e9b7e2b4896d1a2b3';
export const clientSecret = 'p8e-sample-secret-of-no-value';

const scopes = new Set([
  'openid',
  'AdobeID',
  'read_organizations',
  'additional_info.projectedProductContext',
  'additional_info.job_function',
  'session',
]);

/**
 * Adobe IMS: issues tokens to a single client. The texts for `invalid_client` are those that public clients
 * check; the text for `invalid_scope` is inferred.
 */
export class Ims {
  readonly #expiries = new Map<string, number>();

  constructor(private readonly options: ResolvedOptions) {}

  /** Number of tokens issued. */
  get issued(): number {
    return this.#expiries.size;
  }

  /** POST /ims/token/v3, with its parameters in the form. */
  handle(request: SampleRequest): Answer {
    if (request.method !== 'POST') return refusal('invalid_request', 'POST is required', 405);
    const type = request.headers['content-type'] ?? '';
    const form = new URLSearchParams(
      type.startsWith('application/x-www-form-urlencoded') ? request.body : '',
    );
    if (form.get('client_id') !== clientId) return refusal('invalid_client', 'invalid client_id parameter');
    if (form.get('client_secret') !== clientSecret)
      return refusal('invalid_client', 'invalid client_secret parameter');
    if (form.get('grant_type') !== 'client_credentials') {
      return refusal('unsupported_grant_type', 'unsupported grant_type');
    }
    const asked = (form.get('scope') ?? '').split(/[\s,]+/).filter(Boolean);
    if (asked.length === 0 || asked.some((scope) => !scopes.has(scope))) {
      return refusal('invalid_scope', 'invalid scope parameter');
    }
    return jsonAnswer(
      200,
      { access_token: this.issue(), token_type: 'bearer', expires_in: this.options.tokenSeconds },
      { 'cache-control': 'no-store' },
    );
  }

  /** @returns a token that works until it expires. */
  issue(): string {
    const token = `sample-access-token-${this.issued + 1}`;
    this.#expiries.set(token, this.options.now() + this.options.tokenSeconds * 1000);
    return token;
  }

  accepts(token: string): boolean {
    return (this.#expiries.get(token) ?? -Infinity) > this.options.now();
  }

  /** Expires all tokens. */
  expireAll(): void {
    for (const token of this.#expiries.keys()) this.#expiries.set(token, -Infinity);
  }
}

function refusal(error: string, description: string, status = 400): Answer {
  return jsonAnswer(status, { error, error_description: description });
}
