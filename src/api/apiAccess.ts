import * as l10n from '@vscode/l10n';
import { sameOrigins } from '../features/accounts/secretEntry';
import type { LoadedService } from '../core/services/contract/service';
import type { Account } from '../core/services/contract/signIn';
import { plainText } from '../shared/plainText';

/** Characters of a name: what follows in the question must not be pushed out of sight. */
const MAX_NAME_LENGTH = 100;

/** What the user is asked before another extension changes accounts through the API. */
export interface ApiAccessQuestion {
  readonly message: string;
  /** One line for each fact. */
  readonly detail: string;
  /** The title of the button that allows it. */
  readonly button: string;
  /** The name that is to be typed after that; absent if the button is enough. */
  readonly typedName?: string;
}

/** Another extension wants to add an account. */
export interface AddRequest {
  readonly service: LoadedService;
  readonly account: Pick<Account, 'name' | 'production' | 'settings'>;
  /** The accounts that there are. */
  readonly others: readonly Account[];
}

/**
 * Asks for an account to be added: names service, account, and the addresses that its secrets will be sent to.
 * @throws HttpError kind `rejected` if an address is unusable.
 */
export function questionToAdd({ service, account, others }: AddRequest): ApiAccessQuestion {
  const origins = service.origins(account.settings);
  return {
    message: l10n.t(
      'An extension wants to add the account "{0}" for {1}. Allow this?',
      plainText(account.name, MAX_NAME_LENGTH),
      service.title,
    ),
    detail: [addressLine(origins), ...productionLines(service, account, others)].join('\n'),
    button: l10n.t('Allow'),
  };
}

/**
 * Asks for an account to be removed.
 * @param service that of the account; undefined if this version does not know it.
 */
export function questionToRemove(account: Account, service: LoadedService | undefined): ApiAccessQuestion {
  const name = plainText(account.name, MAX_NAME_LENGTH);
  const production = account.production ? [l10n.t('It is marked as production.')] : [];
  const credentials = l10n.t(
    'The saved credentials are deleted from this computer. Nothing changes at the service.',
  );
  return {
    message: l10n.t(
      'An extension wants to remove the account "{0}" for {1}. Allow this?',
      name,
      service?.title ?? account.service,
    ),
    detail: [...savedAddress(account, service), ...production, credentials].join('\n'),
    button: l10n.t('Allow'),
    ...(account.production && { typedName: account.name }),
  };
}

function addressLine(origins: readonly string[]): string {
  return l10n.t('Address: {0}', [...new Set(origins)].join(', '));
}

/** A saved account may have an unusable address, and be removed for that. A sample's is known when it runs. */
function savedAddress({ settings, sample }: Account, service: LoadedService | undefined): readonly string[] {
  try {
    return service && !sample ? [addressLine(service.origins(settings))] : [];
  } catch {
    return [];
  }
}

/** An account beside one that is marked would be a way around its mark. */
function productionLines(
  service: LoadedService,
  { production, settings }: AddRequest['account'],
  others: readonly Account[],
): readonly string[] {
  if (production) return [l10n.t('It is marked as production.')];
  const origins = service.origins(settings);
  const marked = others.find((other) => {
    if (!other.production || other.sample || other.service !== service.id) return false;
    try {
      return sameOrigins(service.origins(other.settings), origins);
    } catch {
      return false;
    }
  });
  if (!marked) return [];
  return [
    l10n.t(
      'It is not marked as production, but the account "{0}" with the same address is.',
      plainText(marked.name, MAX_NAME_LENGTH),
    ),
  ];
}
