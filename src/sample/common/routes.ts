import type { SampleRequest } from './exchange';

/**
 * An operation of a service. Each `*` of the pattern matches one segment of the path, which is passed to `run` decoded.
 */
export interface Route {
  readonly method: string;
  /** Such as `/data/connections/*`. */
  readonly pattern: string;
  readonly run: (request: SampleRequest, ...steps: readonly string[]) => unknown;
}

/**
 * The operation for a request; the first of several matches.
 * @returns what runs it; `method` if the path only exists with other methods; undefined if it does not exist.
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
