import type { Comparisons } from '../compare/comparisons';
import type { Handler } from './handler';
import { inView } from './progress';

/** Reads both sides of the comparison that is shown again. */
export function refreshComparison(comparisons: Comparisons): Handler {
  return () => inView((signal) => comparisons.refresh(signal));
}
