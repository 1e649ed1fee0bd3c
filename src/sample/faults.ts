import type { Answer, SampleRequest } from './common/exchange';
import { readTarget } from './readRequest';

/**
 * Something to go wrong with matching requests. Without `status` and `body`, or where an answer is to be changed, the real
 * one is made, and with it what the request asks for is done; then it is spoiled.
 */
export interface Fault {
  readonly match:
    ((request: SampleRequest) => boolean) | { readonly method?: string; readonly path?: RegExp };
  /** How many matching requests pass before it strikes; none, where absent. */
  readonly skip?: number;
  /** How many matching requests it strikes; all, where absent. */
  readonly times?: number;
  readonly status?: number;
  /** Headers besides those of the answer, or in place of them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Changes the body of the real answer. */
  readonly rewrite?: (body: string) => string;
  /** Changes what the real answer says, where it is JSON. */
  readonly change?: (json: unknown) => unknown;
  /** Asks for another path in its place, query included: the answer is that of another resource, or of another page. */
  readonly answerOf?: (request: SampleRequest) => string;
  /** Spaces in front of the body, which JSON allows: an answer of any size, however little it says. */
  readonly padding?: number;
  /** Milliseconds to wait before the answer. */
  readonly delay?: number;
  /** Milliseconds between one byte of the body and the next; the head is sent at once. */
  readonly trickle?: number;
  /** The socket is destroyed after so many bytes of the body. */
  readonly cutOffAfter?: number;
  /** Nothing follows so many bytes of the body, and the socket stays open. */
  readonly stallAfter?: number;
  /** The socket is destroyed without an answer: before the request was done, or after it was. */
  readonly drop?: 'before' | 'after';
  /** Where a 302 points to. */
  readonly redirect?: string;
  /** True: no answer ever comes, and nothing is done. With `drop` absent and a `delay`, what is asked for is done. */
  readonly hang?: boolean;
  /** True: JSON that ends in the middle, with a content-length that fits. */
  readonly malformed?: boolean;
  /** True: a proxy's page in HTML, with status 502 where none is given. */
  readonly html?: boolean;
}

const proxyPage =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

/** The faults in force, oldest first. The first that matches strikes. */
export class Faults {
  readonly #faults = new Map<Fault, number>();

  /** @returns a function that takes the fault away. */
  inject(fault: Fault): () => void {
    this.#faults.set(fault, 0);
    return () => this.#faults.delete(fault);
  }

  /** The fault that strikes the request, which counts as one of its `times`. */
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

/** The answer under a fault. `real` makes the answer that would have been given to a request. */
export function spoil(
  fault: Fault,
  request: SampleRequest,
  real: (request: SampleRequest) => Answer,
): Answer {
  const answer =
    replacement(fault) ?? real(fault.answerOf ? redirected(request, fault.answerOf(request)) : request);
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
  // A global or sticky pattern would remember where the last search ended.
  const pathFits = match.path === undefined || request.path.search(match.path) >= 0;
  return pathFits && (match.method === undefined || match.method === request.method);
}
