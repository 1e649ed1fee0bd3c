import * as l10n from '@vscode/l10n';
import { HttpError, type HttpErrorKind } from '../../core/http/errors';
import type { Service } from '../../core/services/contract/service';

/**
 * Returns the service with an ID.
 * @throws HttpError kind `rejected` if this version does not know it, such as a service of a later version.
 */
export function knownService(services: readonly Service[], id: string): Service {
  const service = services.find((one) => one.id === id);
  if (service) return service;
  throw new HttpError(
    'rejected',
    l10n.t('The service "{0}" is not supported by this version of the extension.', id),
    {
      advice: l10n.t('Update the extension or remove the account.'),
    },
  );
}

/** The account has no entry in SecretStorage: it was imported or synced, or the system lost it. */
export function noSecretsError(): HttpError {
  const message = l10n.t('No credentials are saved for this account on this computer.');
  return reenterSecrets('authentication', message);
}

/** The entry of the account in SecretStorage cannot be read. */
export function damagedSecretsError(): HttpError {
  const message = l10n.t('The saved credentials of this account are missing or damaged.');
  return reenterSecrets('authentication', message);
}

/** The saved secrets belong to another revision or other origins of the account. */
export function unboundSecretsError(): HttpError {
  const message = l10n.t(
    'The saved credentials belong to different settings of this account and were not sent.',
  );
  return reenterSecrets('authentication', message);
}

/** The settings were changed to other origins, and no secrets were given for them. */
export function newOriginsError(): HttpError {
  return reenterSecrets('rejected', l10n.t('Saved credentials are never sent to a different address.'));
}

function reenterSecrets(kind: HttpErrorKind, message: string): HttpError {
  return new HttpError(kind, message, {
    advice: l10n.t('Edit the account and enter the credentials again.'),
  });
}
