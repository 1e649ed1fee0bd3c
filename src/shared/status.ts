import * as l10n from '@vscode/l10n';

/** The codicons of the states. Each has its own shape, so that states are not distinguished by color only. */
export const stateIcons: Readonly<Record<StatusState, string>> = {
  ok: 'pass',
  running: 'sync',
  queued: 'clock',
  warning: 'warning',
  failed: 'error',
  inactive: 'circle-slash',
  unknown: 'question',
};

/** The localized name of a state. */
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

/** Status of a resource, the same terms for all services. */
export type StatusState = 'ok' | 'running' | 'queued' | 'warning' | 'failed' | 'inactive' | 'unknown';
