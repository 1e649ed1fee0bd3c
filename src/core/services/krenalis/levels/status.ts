import * as l10n from '@vscode/l10n';
import type { Status } from '../../contract/resource';
import type { StatusState } from '../../../../shared/status';
import type { Pipeline, Run, RunOutcome } from '../client/schemas';
import { failedCount } from './steps';

/** The order in which the state of one pipeline decides that of its connection. */
const worstFirst: readonly StatusState[] = ['failed', 'running', 'warning', 'inactive', 'unknown', 'ok'];

/** How the newest run of a pipeline stands. `none`: it has not run. `unknown`: that could not be found out. */
export type LastRun = RunOutcome | 'none' | 'unknown';

/** Tells how the newest run of a pipeline stands, by the id of the pipeline. */
export type LastRunOf = (pipelineId: string) => LastRun;

/**
 * The status of a pipeline. The service tells whether it is enabled and running; how its last run went decides more. One
 * of which that is not known is not said to be well, unless events flow through it: it has no runs.
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

/** The status of a connection: the worst of its pipelines, all of them counted in words. */
export function connectionStatus(pipelines: readonly Status[]): Status {
  const [state = 'inactive'] = worstFirst.filter((worst) => pipelines.some((one) => one.state === worst));
  const counts = new Map<string, number>();
  const ranked = pipelines.toSorted((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state));
  for (const { label } of ranked) counts.set(label, (counts.get(label) ?? 0) + 1);
  const words = [...counts].map(([word, count]) => `${count} ${word}`);
  // What is said of one pipeline may hold a comma itself.
  const separator = words.some((word) => word.includes(',')) ? '; ' : ', ';
  return { state, label: words.length > 0 ? words.join(separator) : l10n.t('no pipelines') };
}

/** The status of a run. Items that a step refused make it a warning, for the run itself went through. */
export function runStatus(run: Run): Status {
  if (run.endTime === undefined) return { state: 'running', label: l10n.t('running') };
  if (run.error !== undefined) return { state: 'failed', label: l10n.t('failed') };
  const failed = failedCount(run);
  if (failed > 0) return { state: 'warning', label: l10n.t('finished, {0} failed', failed) };
  return { state: 'ok', label: l10n.t('finished') };
}
