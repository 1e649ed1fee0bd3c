import * as l10n from '@vscode/l10n';
import type { Status } from '../../contract/resource';
import type { StatusState } from '../../../../shared/status';
import type { Pipeline, Run, RunOutcome } from '../client/schemas';
import { failedCount } from './steps';

/** The precedence of pipeline states in the status of their connection. */
const worstFirst: readonly StatusState[] = ['failed', 'running', 'warning', 'inactive', 'unknown', 'ok'];

/** The outcome of the newest run of a pipeline. `none`: it has not run. `unknown`: it could not be determined. */
export type LastRun = RunOutcome | 'none' | 'unknown';

/** Returns the outcome of the newest run of a pipeline, by ID. */
export type GetLastRun = (pipelineId: string) => LastRun;

/**
 * The status of a pipeline. The service reports whether it is enabled and running, but the outcome of its last run
 * takes precedence. If that is unknown, it does not count as healthy, except for an event pipeline, which has no runs.
 */
export function pipelineStatus({ enabled, running }: Pipeline, lastRun: LastRun): Status {
  const outcome = typeof lastRun === 'string' ? undefined : lastRun;
  const isRunning = outcome ? outcome.endTime === undefined : running === true;
  if (isRunning) return { state: 'running', label: l10n.t('running') };
  const failed = outcome?.error !== undefined;
  const missing = lastRun === 'unknown' && running !== undefined;
  const words = [
    enabled === undefined ? l10n.t('no status') : enabled ? l10n.t('enabled') : l10n.t('disabled'),
    ...(failed ? [l10n.t('last run failed')] : []),
    ...(missing ? [l10n.t('last run unknown')] : []),
  ];
  if (failed) return { state: 'failed', label: words.join(', ') };
  const state = enabled === false ? 'inactive' : enabled === undefined || missing ? 'unknown' : 'ok';
  return { state, label: words.join(', ') };
}

/** The status of a connection: the worst of its pipelines, with counts of all in its label. */
export function connectionStatus(pipelines: readonly Status[]): Status {
  const [state = 'inactive'] = worstFirst.filter((worst) => pipelines.some((one) => one.state === worst));
  const counts = new Map<string, number>();
  const ranked = pipelines.toSorted((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state));
  for (const { label } of ranked) counts.set(label, (counts.get(label) ?? 0) + 1);
  const words = [...counts].map(([word, count]) => `${count} ${word}`);
  // The label of a pipeline may contain a comma.
  const separator = words.some((word) => word.includes(',')) ? '; ' : ', ';
  return { state, label: words.length > 0 ? words.join(separator) : l10n.t('no pipelines') };
}

/** The status of a run. Rejected items make it a warning, because the run itself succeeded. */
export function runStatus(run: Run): Status {
  if (run.endTime === undefined) return { state: 'running', label: l10n.t('running') };
  if (run.error !== undefined) return { state: 'failed', label: l10n.t('failed') };
  const failed = failedCount(run);
  if (failed > 0) return { state: 'warning', label: l10n.t('finished, {0} failed', failed) };
  return { state: 'ok', label: l10n.t('finished') };
}
