import * as l10n from '@vscode/l10n';
import { plainText } from './plainText';

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

/** A constant of a service, such as `IN_PROGRESS` and `inProgress`: words have blanks between them. */
const CONSTANT = /^[A-Za-z]+(?:[_-][A-Za-z]+)*$/;

/**
 * A status in words, in one style wherever it is shown: `in progress`, `2 failed, 1 in progress`.
 * @param status with the service's own word or with counts. The name of the state takes the place of none.
 */
export function statusText({ state, label }: StatusWords): string {
  const theirs = plainText(label);
  if (theirs === '') return stateWord(state);
  return CONSTANT.test(theirs) ? constantText(theirs) : theirs;
}

interface StatusWords {
  readonly state: StatusState;
  readonly label: string;
}

/** Translated if it is one of the words of services that are known, else their own in ordinary writing. */
export function constantText(constant: string): string {
  const words = constant
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase();
  switch (words) {
    case 'in progress':
      return l10n.t('in progress');
    case 'in queue':
    case 'queued':
      return l10n.t('queued');
    case 'pending':
      return l10n.t('pending');
    case 'running':
      return l10n.t('running');
    case 'completed':
      return l10n.t('completed');
    case 'success':
    case 'succeeded':
      return l10n.t('succeeded');
    case 'failure':
    case 'failed':
      return l10n.t('failed');
    case 'canceling':
      return l10n.t('canceling');
    case 'canceled':
      return l10n.t('canceled');
    case 'active':
      return l10n.t('active');
    case 'inactive':
      return l10n.t('inactive');
    case 'healthy':
      return l10n.t('healthy');
    case 'unhealthy':
      return l10n.t('unhealthy');
    case 'ok':
      return l10n.t('OK');
    case 'manual':
      return l10n.t('manual');
    case 'scheduled':
      return l10n.t('scheduled');
    default:
      return batchWord(words);
  }
}

/** The states of a batch in Adobe Experience Platform. */
function batchWord(words: string): string {
  switch (words) {
    case 'loading':
      return l10n.t('loading');
    case 'loaded':
      return l10n.t('loaded');
    case 'staging':
      return l10n.t('staging');
    case 'staged':
      return l10n.t('staged');
    case 'processing':
      return l10n.t('processing');
    case 'retrying':
      return l10n.t('retrying');
    case 'stalled':
      return l10n.t('stalled');
    case 'abandoned':
      return l10n.t('abandoned');
    case 'aborted':
      return l10n.t('aborted');
    case 'archived':
      return l10n.t('archived');
    case 'retained':
      return l10n.t('retained');
    case 'deleted':
      return l10n.t('deleted');
    default:
      return words;
  }
}

/** Status of a resource, the same terms for all services. */
export type StatusState = 'ok' | 'running' | 'queued' | 'warning' | 'failed' | 'inactive' | 'unknown';
