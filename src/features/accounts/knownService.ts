import * as l10n from '@vscode/l10n';
import { HttpError } from '../../core/http/errors';
import type { Service } from '../../core/services/contract/service';

/**
 * The service of that id.
 * @throws HttpError kind `rejected` for one that this version does not know, such as a later version's.
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
