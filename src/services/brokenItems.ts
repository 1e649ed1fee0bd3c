import * as l10n from '@vscode/l10n';
import type { Choice, Problem, Term } from './service';

/** What to tell of items that nothing names, beside those that can be shown; undefined for 0. */
export function brokenItems(count: number): Problem | undefined {
  if (count === 0) return undefined;
  return {
    what: count === 1 ? l10n.t('An item cannot be shown.') : l10n.t('{0} items cannot be shown.', count),
    why: l10n.t('An ID is missing, or is not as documented.'),
    advice: l10n.t('The other items of the list are shown. Refresh later: the service may have mended it.'),
    retry: false,
  };
}

/** The row of a glossary that tells of items that cannot be shown; none for 0. */
export function brokenTerms(count: number): readonly Term[] {
  const problem = brokenItems(count);
  return problem ? [{ id: '', label: problem.what, description: problem.why, problem }] : [];
}

/** As `brokenTerms`, for a list to choose from. */
export function brokenChoices(count: number): readonly Choice[] {
  const problem = brokenItems(count);
  return problem ? [{ value: '', label: problem.what, description: problem.why, problem }] : [];
}
