import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import { checkedUrl } from '../http/origin';

/**
 * Checks the address of a service: an origin and nothing else, https or on this machine.
 * @returns what is wrong and how to mend it, or undefined where it is fine.
 */
export function validateEndpoint(text: string): string | undefined {
  const address = text.trim();
  try {
    const url = checkedUrl(address, [address]);
    const bare = url.pathname === '/' && url.search === '' && url.hash === '';
    return bare ? undefined : l10n.t('Leave out what follows the host: {0}', url.origin);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return `${error.message} ${error.advice}`;
  }
}
