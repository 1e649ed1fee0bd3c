import type { Answer, SampleRequest } from './exchange';

/** Something to go wrong with matching requests. Without `status` and `body` the real answer is made, then spoiled. */
export interface Fault {
  readonly match:
    ((request: SampleRequest) => boolean) | { readonly method?: string; readonly path?: RegExp };
  /** How many matching requests it strikes; all, where absent. */
  readonly times?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Changes the body of the real answer. */
  readonly rewrite?: (body: string) => string;
  /** Milliseconds to wait before the answer. */
  readonly delay?: number;
  /** The socket is destroyed after so many bytes of the body. */
  readonly cutOffAfter?: number;
  /** Where a 302 points to. */
  readonly redirect?: string;
  /** True: no answer ever comes. */
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
    this.#faults.set(fault, fault.times ?? Infinity);
    return () => this.#faults.delete(fault);
  }

  /** The fault that strikes the request, which counts as one of its `times`. */
  take(request: SampleRequest): Fault | undefined {
    for (const [fault, left] of this.#faults) {
      if (left > 0 && matches(fault.match, request)) {
        this.#faults.set(fault, left - 1);
        return fault;
      }
    }
    return undefined;
  }
}

/** The answer under a fault. `real` makes the answer that would have been given. */
export function spoil(fault: Fault, real: () => Answer): Answer {
  const answer = replacement(fault) ?? real();
  const body = fault.rewrite?.(answer.body) ?? answer.body;
  return {
    status: fault.status ?? answer.status,
    headers: { ...answer.headers, ...fault.headers },
    body: fault.malformed ? body.slice(0, Math.ceil(body.length / 2)) : body,
  };
}

function replacement(fault: Fault): Answer | undefined {
  if (fault.redirect !== undefined) return { status: 302, headers: { location: fault.redirect }, body: '' };
  if (fault.html) return { status: 502, headers: { 'content-type': 'text/html' }, body: proxyPage };
  if (fault.status === undefined && fault.body === undefined) return undefined;
  const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

function matches(match: Fault['match'], request: SampleRequest): boolean {
  if (typeof match === 'function') return match(request);
  // A global or sticky pattern would remember where the last search ended.
  const pathFits = match.path === undefined || request.path.search(match.path) >= 0;
  return pathFits && (match.method === undefined || match.method === request.method);
}
