import { jsonAnswer, type Answer, type SampleRequest } from '../common/exchange';
import { ImmutaFailure } from './failure';
import { isJson, readBody } from './json';

/** The API key of the only user. */
export const apiKey = 'sample-immuta-api-key-of-no-value';

/** Issues tokens for the API key (POST /bim/apikey/authenticate), and validates them. */
export class Tokens {
  readonly #valid = new Set<string>();
  #issued = 0;

  /** Number of tokens issued. */
  get issued(): number {
    return this.#issued;
  }

  /** @returns a token that works until all are expired. */
  issue(): string {
    this.#issued += 1;
    const token = `sample-immuta-token-${this.#issued}`;
    this.#valid.add(token);
    return token;
  }

  /** Expires all tokens. */
  expireAll(): void {
    this.#valid.clear();
  }

  /** @throws ImmutaFailure 401 for a wrong key (inference). */
  authenticate({ body }: SampleRequest): Answer {
    const given = readBody(body);
    if (!isJson(given) || given.apikey !== apiKey) throw new ImmutaFailure(401, 'Invalid API key');
    return jsonAnswer(200, { token: this.issue() }, { 'cache-control': 'no-store' });
  }

  /** @throws ImmutaFailure 401 if the request has no valid token. */
  check({ headers }: SampleRequest): void {
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!this.#valid.has(token)) throw new ImmutaFailure(401, 'Missing or invalid authentication token');
  }
}
