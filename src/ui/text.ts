import * as l10n from '@vscode/l10n';
import type { Resource } from '../core/services/contract/resource';
import { plainText } from '../shared/plainText';
import type { Wait } from '../core/http/types';
import type { ResourcePath } from '../core/services/contract/path';
import { toPlace } from '../core/services/common/problem';
import { serviceTitle } from '../core/services/registry';
import type { Store } from '../core/store/store';

/**
 * Escapes text for Markdown, so that it is shown as it is: everything but letters, digits and single spaces
 * becomes a character reference, so that nothing is read as markup, HTML, an icon or a link.
 * `MarkdownString.appendText` would make every space non-breaking, and break words at the edge of the
 * tooltip.
 */
export function markdownText(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ]| (?= )/gu, (character) => `&#${String(character.codePointAt(0))};`);
}

/** Long enough to distinguish resources in a message. */
const MAX_LENGTH = 80;

/** The name of a resource in a message, on one line. */
export function getName({ label }: Pick<Resource, 'label'>): string {
  return plainText(label, MAX_LENGTH) || l10n.t('(no name)');
}

/** Describes a pause before a request. @param place the account, where others are in view; may be empty. */
export function waitText({ reason, delay }: Wait, place = ''): string {
  const seconds = Math.ceil(delay / 1000);
  const text =
    reason === 'retry'
      ? l10n.t('The service returned an error. Retrying in {0} s.', seconds)
      : l10n.t('Rate limit reached. Retrying in {0} s.', seconds);
  return place === '' ? text : l10n.t('{0}: {1}', plainText(place), text);
}

/** The account of a path with its service, for display; empty if it was removed. */
export function accountPlace(store: Pick<Store, 'account'>, path: ResourcePath): string {
  const account = store.account(path);
  return account ? toPlace(account.name, serviceTitle(account.service)) : '';
}

/** How several IDs are written. */
export type IdLayout = 'lines' | 'json';

/** IDs as text for an editor: one per line, or a JSON array. A single one is inserted as it is. */
export function idText(ids: readonly string[], layout: IdLayout): string {
  if (layout === 'lines' || ids.length < 2) return ids.join('\n');
  return `[${ids.map((id) => JSON.stringify(id)).join(', ')}]`;
}
