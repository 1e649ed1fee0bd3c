import * as l10n from '@vscode/l10n';
import type { Status } from '../../contract/resource';
import { statusText, type StatusState } from '../../../../shared/status';
import type { Run } from '../client/schemas';
import { isJsonObject } from '../../../http/json';
import { word } from '../../../http/serviceMessage';
import type { FactRow } from '../../common/overviewRows';

/** The status of a connection. Its three states occur in documented error messages. */
export function connectionStatus(state: string | undefined): Status {
  if (state === undefined) return { state: 'unknown', label: l10n.t('no state') };
  switch (state.toUpperCase()) {
    case 'ACTIVE':
      return { state: 'ok', label: state };
    case 'INACTIVE':
      return { state: 'inactive', label: state };
    case 'UNHEALTHY':
      return { state: 'failed', label: state };
    default:
      return { state: 'unknown', label: state };
  }
}

/** The health of a component of a connection. Its words are not documented: common ones are recognized (inference). */
function healthStatus(word: string): Status {
  const plain = word.replace(/[^a-z]/gi, '').toLowerCase();
  if (/^(healthy|ok|up|passed|valid)$/.test(plain)) return { state: 'ok', label: word };
  if (/^(unhealthy|down|invalid)$/.test(plain)) return { state: 'failed', label: word };
  if (/^(inactive|disabled|off|notconfigured|notapplicable)$/.test(plain))
    return { state: 'inactive', label: word };
  return { state: plain === 'degraded' ? 'warning' : toState(word), label: word };
}

/** The status of a task, which only depends on its word. */
export function taskStatus(word: string | undefined): Status {
  return word === undefined ? noStatus() : { state: toState(word), label: word };
}

/**
 * The status of a run. It is over if it has `completedAt`, whatever its word says: before, words of success or of
 * cancellation count as running, and after, words of activity as unknown.
 */
export function runStatus(run: Run): Status {
  const word = run.status;
  if (word === undefined) return noStatus();
  const state = toState(word);
  if (isOver(run))
    return { state: state === 'running' || state === 'queued' ? 'unknown' : state, label: word };
  return { state: state === 'ok' || state === 'inactive' ? 'running' : state, label: word };
}

/** True if a run will not change any more. */
export function isOver({ completedAt }: Run): boolean {
  return completedAt !== undefined;
}

/** The words are not documented (their lists are empty): common ones are recognized, others are unknown (inference). */
function toState(word: string): StatusState {
  const plain = word.replace(/[^a-z]/gi, '').toLowerCase();
  if (/fail|error|timedout/.test(plain)) return 'failed';
  if (/^cancell?ed$|^aborted$|^skipped$/.test(plain)) return 'inactive';
  if (/^cancel|^abort|running|progress|^started$|^active$/.test(plain)) return 'running';
  if (/pending|queued|waiting|scheduled|^created$/.test(plain)) return 'queued';
  if (/^partial|warning/.test(plain)) return 'warning';
  if (/^succe|^complete|^done$|^finished$/.test(plain)) return 'ok';
  return 'unknown';
}

function noStatus(): Status {
  return { state: 'unknown', label: l10n.t('no status') };
}

/** The components of a connection whose health Immuta checks (`_validate`). */
const components = ['client', 'policy', 'audit'] as const;

/**
 * The health of each component, in words. The shape is not documented: recognizes a word per component,
 * or an object with a word and a reason (inference).
 */
export function healthRows(health: unknown): readonly FactRow[] {
  if (!isJsonObject(health)) return [];
  return components.map((component) => healthRow(toLabel(component), health[component]));
}

function healthRow(label: string, value: unknown): FactRow {
  const isObject = isJsonObject(value);
  const state = isObject ? word(value, ['status', 'state', 'health']) : value;
  const reason = isObject ? word(value, ['message', 'error', 'reason']) : undefined;
  if (typeof state !== 'string') return [label, reason];
  const status = healthStatus(state);
  const words = statusText(status);
  return [label, reason === undefined ? words : `${words}: ${reason}`, { status }];
}

function toLabel(component: (typeof components)[number]): string {
  switch (component) {
    case 'client':
      return l10n.t('Client health');
    case 'policy':
      return l10n.t('Policy health');
    case 'audit':
      return l10n.t('Audit health');
  }
}
