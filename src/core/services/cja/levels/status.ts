import * as l10n from '@vscode/l10n';
import type { InferOutput } from 'valibot';
import type { Status } from '../../contract/resource';
import type { StateCounts } from '../../contract/runs';
import type { StatusState } from '../../../../shared/status';
import type { backfillSummary, Component, Connection } from '../client/schemas';

export type BackfillSummary = InferOutput<typeof backfillSummary>;

/**
 * The status of a connection or dataset: the worst of its backfills, including validation errors. The order is failed,
 * warning, running, queued, ok; inactive means no backfills, unknown means no counts.
 */
export function summaryStatus(summary: BackfillSummary, validationErrors = 0): Status {
  const counts = readCounts(summary);
  const words = [
    counted(counts.failed, l10n.t('{0} failed', counts.failed)),
    counted(validationErrors, errorsText(validationErrors)),
    invalidText(summary?.invalid),
    counted(counts.inProgress, l10n.t('{0} in progress', counts.inProgress)),
    counted(counts.queued, l10n.t('{0} queued', counts.queued)),
    counted(counts.completed, l10n.t('{0} completed', counts.completed)),
  ].filter((word) => word !== '');
  const state = worst(summary, counts, validationErrors);
  if (words.length > 0) return { state, label: words.join(', ') };
  return { state, label: state === 'unknown' ? l10n.t('no backfill counts') : l10n.t('no backfills') };
}

/** The status of a connection: disabled takes precedence over the counts of its backfills. */
export function connectionStatus({
  backfillSummary: summary,
  connectionValidationErrors,
  isDisabled,
}: Partial<Pick<Connection, 'backfillSummary' | 'connectionValidationErrors' | 'isDisabled'>>): Status {
  const errors = connectionValidationErrors?.length ?? 0;
  const status = summaryStatus(summary, errors);
  if (isDisabled !== true) return status;
  const counted = errors > 0 || (summary?.total ?? 0) > 0;
  const word = l10n.t('disabled');
  return { state: 'inactive', label: counted ? `${word}, ${status.label}` : word };
}

/**
 * The status of a backfill. Responses spell `IN_PROGRESS` what requests spell `inProgress`: both are recognized.
 * @param word as sent by the service, kept verbatim.
 */
export function backfillStatus(word: string | undefined): Status {
  if (word === undefined) return { state: 'unknown', label: l10n.t('no status') };
  return KNOWN_STATUSES.get(word) ?? toStatus(word);
}

/** The usual ones are shared by backfills, of which there may be hundreds of thousands. */
const KNOWN_STATUSES: ReadonlyMap<string, Status> = new Map(
  ['COMPLETED', 'IN_PROGRESS', 'IN_QUEUE', 'QUEUED', 'FAILED'].map((word) => [word, toStatus(word)]),
);

function toStatus(word: string): Status {
  return { state: backfillState(plainWord(word)), label: word };
}

/** The status of a dimension or metric; undefined for one that is in use as usual. */
export function componentStatus({
  isDeleted,
  hidden,
  hideFromReporting,
}: Pick<Component, 'isDeleted' | 'hidden' | 'hideFromReporting'>): Status | undefined {
  if (isDeleted === true) return { state: 'warning', label: l10n.t('deleted') };
  const isHidden = hidden === true || hideFromReporting === true;
  return isHidden ? { state: 'inactive', label: l10n.t('hidden in reporting') } : undefined;
}

/** Normalizes the status words of requests and responses: `inprogress`. */
export function plainWord(word: string): string {
  return word.replace(/[_\s-]/g, '').toLowerCase();
}

function backfillState(word: string): StatusState {
  switch (word) {
    case 'completed':
      return 'ok';
    case 'inprogress':
      return 'running';
    case 'inqueue':
    case 'queued':
      return 'queued';
    case 'failed':
      return 'failed';
    default:
      return 'unknown';
  }
}

/** True if some of the counted backfills are queued or active; false without counts. */
export function countsWork(summary: BackfillSummary): boolean {
  return countWork(summary) > 0;
}

/** Number of counted backfills that are queued or active. */
export function countWork(summary: BackfillSummary): number {
  const { inProgress, queued } = readCounts(summary);
  return inProgress + queued;
}

/** How many backfills are in each state. */
export function countStates(summary: BackfillSummary): StateCounts {
  const { completed, failed, inProgress, queued } = readCounts(summary);
  return { ok: completed, failed, running: inProgress, queued };
}

interface Counts {
  readonly failed: number;
  readonly inProgress: number;
  readonly completed: number;
  /** The service does not count queued ones: the remainder of the total (inference). */
  readonly queued: number;
}

function readCounts(summary: BackfillSummary): Counts {
  const { total = 0, failed = 0, inProgress = 0, completed = 0 } = summary ?? {};
  return { failed, inProgress, completed, queued: Math.max(0, total - failed - inProgress - completed) };
}

function worst(summary: BackfillSummary, counts: Counts, validationErrors: number): StatusState {
  if (counts.failed > 0) return 'failed';
  if (invalidText(summary?.invalid) !== '' || validationErrors > 0) return 'warning';
  if (counts.inProgress > 0) return 'running';
  if (counts.queued > 0) return 'queued';
  if (counts.completed > 0) return 'ok';
  return summary === undefined ? 'unknown' : 'inactive';
}

function invalidText(invalid: boolean | number | undefined): string {
  if (invalid === true) return l10n.t('invalid backfills');
  return typeof invalid === 'number' && invalid > 0 ? l10n.t('{0} invalid', invalid) : '';
}

function counted(count: number, words: string): string {
  return count > 0 ? words : '';
}

function errorsText(count: number): string {
  return count === 1 ? l10n.t('1 validation error') : l10n.t('{0} validation errors', count);
}
