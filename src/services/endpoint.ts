import * as l10n from '@vscode/l10n';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Checks the address of a service: an origin and nothing else, https or on this machine.
 * @returns what is wrong and how to mend it, or undefined where it is fine.
 */
export function validateEndpoint(text: string): string | undefined {
  if (!URL.canParse(text.trim())) return l10n.t('Enter a whole address, such as https://example.com.');
  const url = new URL(text.trim());
  if (url.username !== '' || url.password !== '')
    return l10n.t('Leave user name and password out of the address.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.includes(url.hostname))) {
    return l10n.t('Use https. Plain http is allowed for this machine (127.0.0.1) only.');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return l10n.t('Leave out what follows the host: {0}', url.origin);
  }
  return undefined;
}
