import type { Answer, SampleRequest } from './exchange';

/** Thrown by an operation that refuses a request. */
export abstract class Refusal extends Error {
  /** The response, in the service's own shape of errors. */
  abstract answer(request: SampleRequest): Answer;
}

/**
 * Runs the operation of a request.
 * @returns its response, or that of its refusal.
 * @throws what it throws besides refusals: a fault of the sample service.
 */
export function runOrRefuse<T>(request: SampleRequest, run: () => T): T | Answer {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return error.answer(request);
    throw error;
  }
}
