import * as l10n from '@vscode/l10n';
import { isJsonObject } from '../decode';
import { word } from '../bodyObject';
import type { FactRow } from '../factRows';
import { healthStatus } from './status';

/** The components of a connection whose health Immuta checks (`_validate`). */
const components = ['client', 'policy', 'audit'] as const;

/**
 * The health of each component, as the service words it. Its shape is not documented: a word for each component, or an
 * object with a word and a reason, is understood (inference).
 */
export function healthRows(health: unknown): readonly FactRow[] {
  if (!isJsonObject(health)) return [];
  return components.map((component) => healthRow(labelOf(component), health[component]));
}

function healthRow(label: string, value: unknown): FactRow {
  const told = isJsonObject(value);
  const state = told ? word(value, ['status', 'state', 'health']) : value;
  const reason = told ? word(value, ['message', 'error', 'reason']) : undefined;
  if (typeof state !== 'string') return [label, reason];
  return [label, reason === undefined ? state : `${state}: ${reason}`, { status: healthStatus(state) }];
}

function labelOf(component: (typeof components)[number]): string {
  switch (component) {
    case 'client':
      return l10n.t('Client health');
    case 'policy':
      return l10n.t('Policy health');
    case 'audit':
      return l10n.t('Audit health');
  }
}
