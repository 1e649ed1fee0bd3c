import type { Answer, SampleRequest } from '../common/exchange';
import type { ResolvedOptions } from '../common/options';
import { batchesPath } from './batches';
import { gatewayAnswer } from './failures';
import { clientId, type Ims } from './ims';
import { organizationId } from './words';

const rateWindow = 6_000;

/**
 * The gateway in front of CJA: it requires a key, a token and the organization with every request, and limits
 * a user's requests in 6 seconds (Adobe's CJA FAQ). That rejected requests do not count is inferred.
 */
export class Gate {
  #passed: number[] = [];

  constructor(
    private readonly options: ResolvedOptions,
    private readonly ims: Ims,
  ) {}

  /** @returns the refusal, or undefined if the request may pass. */
  refuse({ path, headers }: SampleRequest): Answer | undefined {
    if (!headers['x-api-key']) return gatewayAnswer('403000');
    if (headers['x-api-key'] !== clientId) return gatewayAnswer('403003');
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return gatewayAnswer('403010');
    if (!this.ims.accepts(token)) return gatewayAnswer('401013');
    if (headers['x-gw-ims-org-id'] !== organizationId) return gatewayAnswer('403027');
    // Another service has other limits.
    return path === batchesPath ? undefined : this.#limit();
  }

  /** There is only one user, the technical account, so one counter is sufficient. */
  #limit(): Answer | undefined {
    const { rate, retryAfter } = this.options;
    const now = this.options.now();
    this.#passed = this.#passed.filter((at) => at > now - rateWindow);
    if (rate > 0 && this.#passed.length >= rate) {
      return gatewayAnswer('429050', retryAfter > 0 ? { 'retry-after': String(retryAfter) } : {});
    }
    this.#passed.push(now);
    return undefined;
  }
}
