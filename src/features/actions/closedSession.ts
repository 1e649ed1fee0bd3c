import * as l10n from '@vscode/l10n';
import { expectAbort } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';

/**
 * Runs a change that only its session can abort: a session aborts its requests when its account is edited or removed.
 * @throws what the change throws; HttpError with an unknown outcome if its session was closed before the response.
 */
export async function orMayBeDone<T>(perform: () => Promise<T>): Promise<T> {
  try {
    return await perform();
  } catch (error) {
    expectAbort(error);
    const message = l10n.t('The account was changed or removed in the meantime.');
    throw new HttpError('conflict', message, { hasUnknownOutcome: true, cause: error });
  }
}
