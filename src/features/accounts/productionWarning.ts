import * as l10n from '@vscode/l10n';
import type { LoadedService } from '../../core/services/contract/service';
import type { Account } from '../../core/services/contract/signIn';
import { plainText } from '../../shared/plainText';
import { coversOrigins } from './secretEntry';

/** The maximum length of a name, which must not push the rest of the question out of sight. */
export const MAX_SHOWN_NAME = 100;

/**
 * What to say of an account that is about to be added: that it is marked as production, or that it would bypass the mark
 * of another one with the same address. Empty if neither.
 * @throws HttpError kind `rejected` if an address is unusable.
 */
export function productionLines(
  service: LoadedService,
  { production, settings }: Pick<Account, 'production' | 'settings'>,
  others: readonly Account[],
): readonly string[] {
  if (production) return [l10n.t('It is marked as production.')];
  const origins = service.origins(settings);
  const marked = others.find((other) => {
    if (!other.production || other.sample || other.service !== service.id) return false;
    try {
      const marked = service.origins(other.settings);
      // One of them may use an origin more.
      return coversOrigins(marked, origins) || coversOrigins(origins, marked);
    } catch {
      return false;
    }
  });
  if (!marked) return [];
  return [
    l10n.t(
      'It is not marked as production, but the account "{0}" with the same address is.',
      plainText(marked.name, MAX_SHOWN_NAME),
    ),
  ];
}
