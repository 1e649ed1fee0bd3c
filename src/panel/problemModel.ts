import { remediesOf } from '../services/remedies';
import type { Problem } from '../services/service';
import type { Problem as ProblemModel } from './protocol';

/** A failure as the page tells it, with what is offered beside it. */
export function problemModel(problem: Problem): ProblemModel {
  const { what, why, advice } = problem;
  return { what, why, ...(advice !== undefined && { advice }), remedies: [...remediesOf(problem)] };
}
