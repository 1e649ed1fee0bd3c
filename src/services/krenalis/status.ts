import * as l10n from '@vscode/l10n';
import type { Status, StatusState } from '../service';
import type { Pipeline, Run } from './schemas';
import { failedCount } from './steps';

/** The order in which the state of one pipeline decides that of its connection. */
const worstFirst: readonly StatusState[] = ['failed', 'running', 'warning', 'inactive', 'unknown', 'ok'];

/**
 * The status of a pipeline. The service tells whether it is enabled and running; how its last run went decides more,
 * where that is known.
 */
export function pipelineStatus({ enabled, running }: Pipeline, lastRun?: Run): Status {
  const isRunning = lastRun ? lastRun.endTime === undefined : running === true;
  if (isRunning) return { state: 'running', word: l10n.t('running') };
  const failed = lastRun?.error !== undefined;
  const words = [
    enabled === undefined ? l10n.t('no status') : enabled ? l10n.t('enabled') : l10n.t('disabled'),
    ...(failed ? [l10n.t('last run failed')] : []),
  ];
  if (failed) return { state: 'failed', word: words.join(', ') };
  const state = enabled === undefined ? 'unknown' : enabled ? 'ok' : 'inactive';
  return { state, word: words.join(', ') };
}

/** The status of a connection: the worst of its pipelines, all of them counted in words. */
export function connectionStatus(pipelines: readonly Status[]): Status {
  const [state = 'inactive'] = worstFirst.filter((worst) => pipelines.some((one) => one.state === worst));
  const counts = new Map<string, number>();
  const ranked = pipelines.toSorted((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state));
  for (const { word } of ranked) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].map(([word, count]) => `${count} ${word}`);
  return { state, word: words.length > 0 ? words.join(', ') : l10n.t('no pipelines') };
}

/** The status of a run. Items that a step refused make it a warning, for the run itself went through. */
export function runStatus(run: Run): Status {
  if (run.endTime === undefined) return { state: 'running', word: l10n.t('running') };
  if (run.error !== undefined) return { state: 'failed', word: l10n.t('failed') };
  const failed = failedCount(run);
  if (failed > 0) return { state: 'warning', word: l10n.t('finished, {0} failed', failed) };
  return { state: 'ok', word: l10n.t('finished') };
}
