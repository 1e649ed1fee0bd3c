import * as l10n from '@vscode/l10n';
import { HttpError } from './errors';
import { plainText } from '../../shared/plainText';

const loopbackHosts: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Checks that a request goes where the account's credentials may go.
 * @param url absolute.
 * @param origins the origins of the account.
 * @throws HttpError `rejected` if it is not a URL, contains a user name or password, has another origin, or is neither
 * https nor loopback.
 */
export function checkedUrl(url: string, origins: readonly string[]): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed && /^https?:/i.test(url)) throw invalidAddress();
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw schemeMissing(url);
  if (parsed.username !== '' || parsed.password !== '') throw withUser(parsed);
  const name = plainText(parsed.origin, 100);
  if (!isSafe(parsed)) {
    throw new HttpError(
      'rejected',
      l10n.t('{0} is not encrypted. Credentials are only sent over https.', name),
      {
        advice: l10n.t('Use an address that starts with https://.'),
      },
    );
  }
  if (!origins.some((origin) => URL.canParse(origin) && new URL(origin).origin === parsed.origin)) {
    throw new HttpError(
      'rejected',
      l10n.t('{0} does not belong to the account. The request was not sent.', name),
    );
  }
  return parsed;
}

function invalidAddress(): HttpError {
  return new HttpError('rejected', l10n.t('The address of the account is not a valid web address.'), {
    advice: l10n.t('Check the host for typing errors. A port is at most 65535.'),
  });
}

/** A user name and password in an address would be stored and shown as part of it. */
function withUser({ protocol, host }: URL): HttpError {
  return new HttpError('rejected', l10n.t('The address must not contain a user name or password.'), {
    advice: l10n.t('Did you mean {0}?', plainText(`${protocol}//${host}`)),
  });
}

/** `localhost:2022` is a URL with the scheme `localhost`: suggest the address that is probably meant. */
function schemeMissing(url: string): HttpError {
  const meant = ['http', 'https']
    .map((scheme) => `${scheme}://${url.replace(/^(?:[a-z][a-z\d+.-]*:\/\/|https?\/+)/i, '')}`)
    .find((address) => URL.canParse(address) && isSafe(new URL(address)));
  const message = l10n.t('The address must start with https://, or http:// on this computer.');
  return new HttpError('rejected', message, {
    ...(meant !== undefined && { advice: l10n.t('Did you mean {0}?', plainText(new URL(meant).origin)) }),
  });
}

/** True for https, and for plain http that does not leave this machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && loopbackHosts.includes(hostname));
}
