import { jsonAnswer, type Answer, type SampleRequest } from '../common/exchange';
import { forbidden } from './failures';

/** Credentials that the sample service accepts. */
export const apiKey = '0123456789abcdef0123456789abcdef';
export const applicationKey = 'fedcba9876543210fedcba9876543210fedcba98';
export const token = 'ddpat_sample_2V9mQ4';

const period = 60_000;

/** Authenticates and counts requests. Datadog publishes no limits for these operations: tests set them. */
export class Gate {
  /** Maximum requests per minute. */
  limit = 12_000;
  #begun = 0;
  #passed = 0;

  constructor(private readonly now: () => number) {}

  /** @returns the refusal, or undefined if the request may pass. */
  refuse({ headers, path }: SampleRequest): Answer | undefined {
    this.#count();
    if (path === '/api/v1/validate') return undefined;
    const byToken = headers.authorization === `Bearer ${token}`;
    const byKeys = headers['dd-api-key'] === apiKey && headers['dd-application-key'] === applicationKey;
    if (!byToken && !byKeys) return forbidden();
    return this.#passed > this.limit ? jsonAnswer(429, { errors: ['Too many requests'] }) : undefined;
  }

  /** Whether the API key is valid; does not check the application key (recorded). */
  validate({ headers }: SampleRequest): Answer {
    const key = headers['dd-api-key'];
    if (key === apiKey) return jsonAnswer(200, { valid: true });
    return jsonAnswer(403, { errors: [key ? 'Forbidden' : 'API key required'] });
  }

  /** The headers of every response. `reset` is seconds from now (recorded). */
  headers(): Readonly<Record<string, string>> {
    return {
      'x-ratelimit-limit': String(this.limit),
      'x-ratelimit-name': 'product_analytics_mapping',
      'x-ratelimit-period': String(period / 1000),
      'x-ratelimit-remaining': String(Math.max(0, this.limit - this.#passed)),
      'x-ratelimit-reset': String(Math.ceil((this.#begun + period - this.now()) / 1000)),
    };
  }

  #count(): void {
    if (this.now() >= this.#begun + period) {
      this.#begun = this.now();
      this.#passed = 0;
    }
    this.#passed++;
  }
}
