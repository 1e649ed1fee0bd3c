import * as l10n from '@vscode/l10n';
import { problemItem } from './problem';
import type { Resource } from './service';

/** The row that says how many runs of an account cannot be told, for there is nothing to name them by; none for 0. */
export function brokenRuns(account: Pick<Resource, 'path'>, count: number): readonly Resource[] {
  if (count === 0) return [];
  const problem = {
    what: count === 1 ? l10n.t('A run cannot be shown.') : l10n.t('{0} runs cannot be shown.', count),
    why: l10n.t('An ID is missing, or is not as documented.'),
    advice: l10n.t('The other runs are shown. Refresh later: the service may have mended it.'),
    retry: false,
  };
  return [problemItem(account, 'brokenRuns', problem).resource];
}

/** The row that says how many runs of an account belong to nothing that its lists show; none for 0. */
export function strayRuns(account: Pick<Resource, 'path'>, count: number): readonly Resource[] {
  if (count === 0) return [];
  const problem = {
    what: count === 1 ? l10n.t('A run has no place.') : l10n.t('{0} runs have no place.', count),
    why: l10n.t('What they belong to is in no list of the account.'),
    advice: l10n.t(
      'It may have been deleted, or the account may not be allowed to see it. Refresh the view.',
    ),
    retry: false,
  };
  return [problemItem(account, 'strayRuns', problem).resource];
}
