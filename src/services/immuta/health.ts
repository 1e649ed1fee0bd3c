import * as l10n from '@vscode/l10n';
import { isJsonObject } from '../decode';
import { word } from '../bodyObject';
import type { FactRow } from '../factRows';

/** The components of a connection whose health Immuta checks (`_validate`). */
const components = ['client', 'policy', 'audit'] as const;

/**
 * The health of each component, as the service words it. Its shape is not documented: a word for each component, or an
 * object with a word and a reason, is understood (inference).
 */
export function healthRows(health: unknown): readonly FactRow[] {
  if (!isJsonObject(health)) return [];
  return components.map((component): FactRow => [labelOf(component), healthText(health[component])]);
}

function healthText(value: unknown): string | undefined {
  if (!isJsonObject(value)) return typeof value === 'string' ? value : undefined;
  const state = word(value, ['status', 'state', 'health']);
  const reason = word(value, ['message', 'error', 'reason']);
  return state !== undefined && reason !== undefined ? `${state}: ${reason}` : (state ?? reason);
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
