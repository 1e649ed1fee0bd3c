import type { Answer, SampleRequest } from './common/exchange';
import { readTarget } from './readRequest';

/**
 * A failure of matching requests. Without `status` and `body`, or with a change to the response, the real response is
 * created first, including the effects of the request, and then altered.
 */
export interface Fault {
  readonly match:
    ((request: SampleRequest) => boolean) | { readonly method?: string; readonly path?: RegExp };
  /** Number of matching requests that pass first. Default: 0. */
  readonly skip?: number;
  /** Number of matching requests that are affected. Default: all. */
  readonly times?: number;
  readonly status?: number;
  /** Headers added to those of the response, or replacing them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Changes the body of the real response. */
  readonly rewrite?: (body: string) => string;
  /** Changes the content of the real response, if it is JSON. */
  readonly change?: (json: unknown) => unknown;
  /** Responds as if another path had been requested, including its query: that of another resource or page. */
  readonly getAnswer?: (request: SampleRequest) => string;
  /** Spaces before the body, which JSON allows: creates a response of any size. */
  readonly padding?: number;
  /** Milliseconds before the response. */
  readonly delay?: number;
  /** Milliseconds between the bytes of the body; the headers are sent at once. */
  readonly trickle?: number;
  /** Destroys the socket after this many bytes of the body. */
  readonly cutOffAfter?: number;
  /** Sends nothing after this many bytes of the body, and keeps the socket open. */
  readonly stallAfter?: number;
  /** Destroys the socket without a response: before or after performing the request. */
  readonly drop?: 'before' | 'after';
  /** The location of a 302. */
  readonly redirect?: string;
  /** True: never responds, and does not perform the request, unless a `delay` is set. */
  readonly hang?: boolean;
  /** True: incomplete JSON, with a matching content-length. */
  readonly malformed?: boolean;
  /** True: a proxy's HTML page, with status 502 by default. */
  readonly html?: boolean;
}

const proxyPage =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

/** The active faults, oldest first. The first that matches applies. */
export class Faults {
  readonly #faults = new Map<Fault, number>();

  /** @returns removes the fault. */
  inject(fault: Fault): () => void {
    this.#faults.set(fault, 0);
    return () => this.#faults.delete(fault);
  }

  /** The fault that applies to the request, which counts toward its `times`. */
  take(request: SampleRequest): Fault | undefined {
    for (const [fault, met] of this.#faults) {
      const { skip = 0, times = Infinity } = fault;
      if (met >= skip + times || !matches(fault.match, request)) continue;
      this.#faults.set(fault, met + 1);
      if (met >= skip) return fault;
    }
    return undefined;
  }
}

/** The response under a fault. `real` creates the response to a request without it. */
export function spoil(
  fault: Fault,
  request: SampleRequest,
  real: (request: SampleRequest) => Answer,
): Answer {
  const answer =
    replacement(fault) ?? real(fault.getAnswer ? redirected(request, fault.getAnswer(request)) : request);
  const changed = fault.change ? JSON.stringify(fault.change(JSON.parse(answer.body))) : answer.body;
  const body = ' '.repeat(fault.padding ?? 0) + (fault.rewrite?.(changed) ?? changed);
  return {
    status: fault.status ?? answer.status,
    headers: { ...answer.headers, ...fault.headers },
    body: fault.malformed ? body.slice(0, Math.ceil(body.length / 2)) : body,
  };
}

function replacement(fault: Fault): Answer | undefined {
  if (fault.redirect !== undefined) return { status: 302, headers: { location: fault.redirect }, body: '' };
  if (fault.html) return { status: 502, headers: { 'content-type': 'text/html' }, body: proxyPage };
  const isOfAnswer = fault.status === undefined || fault.change !== undefined || fault.rewrite !== undefined;
  if (fault.body === undefined && isOfAnswer) return undefined;
  const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

function redirected(request: SampleRequest, url: string): SampleRequest {
  const target = readTarget(url);
  if (!target) throw new Error(`No path: ${url}`);
  return { ...request, ...target };
}

function matches(match: Fault['match'], request: SampleRequest): boolean {
  if (typeof match === 'function') return match(request);
  // Resets a global or sticky pattern, which remembers the end of the last match.
  const pathFits = match.path === undefined || request.path.search(match.path) >= 0;
  return pathFits && (match.method === undefined || match.method === request.method);
}
