import * as l10n from '@vscode/l10n';
import type { Problem } from './service';

/** What to tell of a list that was read to its end, and held fewer items than the service says there are. */
export function incompleteList(total: number, came: number): Problem {
  return {
    what: l10n.t('The list may not be complete.'),
    why: l10n.t('The service says that there are {0}, but it sent {1}.', total, came),
    advice: l10n.t(
      'It may have changed while it was read: try again. If it stays so, the account may not be allowed to see the others.',
    ),
    retry: true,
  };
}
