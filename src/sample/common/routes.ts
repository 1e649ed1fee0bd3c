import type { SampleRequest } from './exchange';

/** An operation of a service. Each `*` of the pattern stands for one step of the path, which `run` is given decoded. */
export interface Route {
  readonly method: string;
  /** Such as `/data/connections/*`. */
  readonly pattern: string;
  readonly run: (request: SampleRequest, ...steps: readonly string[]) => unknown;
}

/**
 * The operation that a request names; the first of several that fit.
 * @returns what runs it; `method` where the path is known under other methods alone; undefined where it is not known.
 */
export function findRoute(
  routes: readonly Route[],
  request: SampleRequest,
): (() => unknown) | 'method' | undefined {
  const fitting = routes.filter(({ pattern }) => fits(pattern.split('/').slice(1), request.segments));
  const route = fitting.find(({ method }) => method === request.method);
  if (!route) return fitting.length > 0 ? 'method' : undefined;
  const steps = route.pattern.split('/').slice(1);
  return () => route.run(request, ...request.segments.filter((_, place) => steps[place] === '*'));
}

function fits(steps: readonly string[], segments: readonly string[]): boolean {
  return (
    steps.length === segments.length && steps.every((step, place) => step === '*' || step === segments[place])
  );
}
