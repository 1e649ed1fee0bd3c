import * as l10n from '@vscode/l10n';
import { MAX_SHOWN_NAME, productionLines } from '../features/accounts/productionWarning';
import type { LoadedService } from '../core/services/contract/service';
import type { Account } from '../core/services/contract/signIn';
import { plainText } from '../shared/plainText';

/** The question to the user before another extension changes accounts through the API. */
export interface ApiAccessQuestion {
  readonly message: string;
  /** One line per fact. */
  readonly detail: string;
  /** The label of the button that allows it. */
  readonly button: string;
  /** The name to type afterwards; absent if the button is enough. */
  readonly typedName?: string;
}

/** Another extension's request to add an account. */
export interface AddRequest {
  readonly service: LoadedService;
  readonly account: Pick<Account, 'name' | 'production' | 'settings'>;
  /** The existing accounts. */
  readonly others: readonly Account[];
}

/**
 * The question before an account is added: names the service, the account, and the addresses that receive its
 * secrets.
 * @throws HttpError kind `rejected` if an address is unusable.
 */
export function questionToAdd({ service, account, others }: AddRequest): ApiAccessQuestion {
  const origins = service.origins(account.settings);
  return {
    message: l10n.t(
      'An extension wants to add the account "{0}" for {1}. Allow this?',
      plainText(account.name, MAX_SHOWN_NAME),
      service.title,
    ),
    detail: [addressLine(origins), ...productionLines(service, account, others)].join('\n'),
    button: l10n.t('Allow'),
  };
}

/**
 * The question before an account is removed.
 * @param service of the account; undefined if this version does not know it.
 */
export function questionToRemove(account: Account, service: LoadedService | undefined): ApiAccessQuestion {
  const name = plainText(account.name, MAX_SHOWN_NAME);
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

/**
 * A saved account may have an invalid address, and be removed for that reason. The address of a sample is
 * known only while it runs.
 */
function savedAddress({ settings, sample }: Account, service: LoadedService | undefined): readonly string[] {
  try {
    return service && !sample ? [addressLine(service.origins(settings))] : [];
  } catch {
    return [];
  }
}
