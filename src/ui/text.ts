import * as l10n from '@vscode/l10n';
import type { Resource } from '../core/services/contract/resource';
import { plainText } from '../shared/plainText';
import type { Wait } from '../core/http/types';
import type { Account } from '../core/services/contract/signIn';
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

/** A quick pick entry of an account. */
interface AccountItem {
  readonly label: string;
  readonly description: string;
}

/** The entry of an account in a quick pick: its name and service, and its mark as production. */
export function accountItem({ name, service, production }: Account): AccountItem {
  const marks = [serviceTitle(service), ...(production ? [l10n.t('production')] : [])];
  return { label: plainText(name), description: marks.join(' · ') };
}

/** As `accountItem`, for rows of accounts. */
export function accountRowItems<T extends Pick<Resource, 'path'>>(
  store: Pick<Store, 'account'>,
  rows: readonly T[],
): readonly (AccountItem & { readonly row: T })[] {
  return rows.flatMap((row) => {
    const account = store.account(row.path);
    return account ? [{ ...accountItem(account), row }] : [];
  });
}

/** How several IDs are written. */
export type IdLayout = 'lines' | 'json';

/** IDs as text for an editor: one per line, or a JSON array. A single one is inserted as it is. */
export function idText(ids: readonly string[], layout: IdLayout): string {
  if (layout === 'lines' || ids.length < 2) return ids.join('\n');
  return `[${ids.map((id) => JSON.stringify(id)).join(', ')}]`;
}
