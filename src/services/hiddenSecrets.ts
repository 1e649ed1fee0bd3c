import * as l10n from '@vscode/l10n';
import { MASK } from '../http/redact';
import { isJsonObject } from './decode';
import type { DocumentFlaw, Pointer } from './documentError';

/** What Immuta writes in the place of every text that it does not show (description of the connection resource). */
export const REDACTED = '[REDACTED]';

/**
 * The places where something stands for a text that was hidden, by the service or in a masked copy of ours: alone,
 * inside of a longer text, in a list, or in the name of a member. Sent, it would take the place of what it hides.
 * @param json what would be sent.
 * @param at where that stands in its document.
 */
export function hiddenSecretsIn(json: unknown, at: Pointer = []): readonly DocumentFlaw[] {
  if (typeof json === 'string') return standsForHidden(json) ? [flawAt(at, json)] : [];
  if (Array.isArray(json)) return json.flatMap((item, index) => hiddenSecretsIn(item, [...at, index]));
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]) => {
    const below = [...at, name];
    return standsForHidden(name) ? [flawAt(below, name)] : hiddenSecretsIn(value, below);
  });
}

function standsForHidden(text: string): boolean {
  // Ours is no unusual text inside of another, such as a line of Markdown.
  return text === MASK || text.toUpperCase().includes(REDACTED);
}

function flawAt(pointer: Pointer, text: string): DocumentFlaw {
  const placeholder = text === MASK ? MASK : REDACTED;
  return { pointer, message: l10n.t('still has {0} in place of the hidden text', placeholder) };
}
