import * as l10n from '@vscode/l10n';
import type { StatusState } from '../services/service';

/** A status in words, the same wherever it is told: in tooltips, on the panel, to screen readers. */
export function stateWord(state: StatusState): string {
  switch (state) {
    case 'ok':
      return l10n.t('OK');
    case 'running':
      return l10n.t('running');
    case 'queued':
      return l10n.t('queued');
    case 'warning':
      return l10n.t('needs attention');
    case 'failed':
      return l10n.t('failed');
    case 'inactive':
      return l10n.t('inactive');
    case 'unknown':
      return l10n.t('status unknown');
  }
}
