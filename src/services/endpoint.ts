import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import { checkedUrl } from '../http/origin';
import { textOf, unusable } from './settings';

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

/**
 * The origin of an address in the settings of an account.
 * @param standard applies if the setting is missing or empty.
 * @throws HttpError kind `rejected` if it is no usable address.
 */
export function originOf(
  settings: Readonly<Record<string, string>>,
  key: string,
  standard: string | undefined,
): string {
  const address = textOf(settings, key) ?? standard ?? '';
  const wrong = validateEndpoint(address);
  if (wrong !== undefined) throw unusable(wrong);
  return new URL(address).origin;
}
