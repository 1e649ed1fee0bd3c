import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpClient, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { parseJson } from '../../../http/json';
import { requestPath } from '../../../http/requestPath';
import { number } from '../../common/decode';
import {
  MAX_TOKEN_RESPONSE_BYTES,
  PastedToken,
  RenewableToken,
  type Token,
  type TokenSource,
} from '../../common/tokens';
import type { CjaSettings, Credentials } from '../signIn/settings';

/** Adobe's tokens are valid for 24 hours (IMS guide, `expires_in` 86399). */
const MAX_LIFETIME_S = 24 * 60 * 60;

/** Assumed if the response does not say. */
const DEFAULT_LIFETIME_S = 60 * 60;

/**
 * A token is renewed this long before it expires, or a tenth of its lifetime before, whichever is shorter. In seconds.
 */
const RENEWAL_MARGIN_S = 5 * 60;

const answer = v.object({
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/)),
  expires_in: number,
});

/** The token source for the credentials of the account. */
export function tokenSource(settings: CjaSettings, credentials: Credentials, http: HttpClient): TokenSource {
  if (!('clientSecret' in credentials)) return new PastedToken(credentials.accessToken, ended);
  const { clientSecret } = credentials;
  return new RenewableToken(clientSecret, (call) => requestToken(settings, clientSecret, http, call));
}

/** Requests a token with client ID and secret (IMS, POST /ims/token/v3, grant `client_credentials`). */
async function requestToken(
  { clientId, scopes, imsEndpoint }: CjaSettings,
  clientSecret: string,
  http: HttpClient,
  call: CallOptions,
): Promise<Token> {
  const response = await http.send(
    {
      method: 'POST',
      origin: imsEndpoint,
      path: requestPath`/ims/token/v3`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      // In the body, not in the URL, because servers log URLs.
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: scopes,
      }).toString(),
      idempotent: true,
      rateLimited: false,
      maxResponseBytes: MAX_TOKEN_RESPONSE_BYTES,
    },
    { ...call, priority: 'interactive' },
  );
  return readToken(parseJson(response));
}

function readToken(body: unknown): Token {
  const decoded = v.safeParse(answer, body);
  if (!decoded.success) throw new HttpError('protocol', l10n.t('Adobe IMS did not return an access token.'));
  const { access_token: text, expires_in: expiresIn = DEFAULT_LIFETIME_S } = decoded.output;
  // Old versions of the endpoint return milliseconds: no token is valid for longer than a day.
  const lifetime = Math.min(Math.max(expiresIn, 0), MAX_LIFETIME_S);
  return { text, renewAt: Date.now() + (lifetime - Math.min(RENEWAL_MARGIN_S, lifetime / 10)) * 1000 };
}

function ended(): { message: string; advice: string } {
  return {
    message: l10n.t('Adobe rejected the access token. It has expired or is invalid.'),
    advice: l10n.t(
      'Edit the account and paste a new access token. It expires after at most 24 hours. The sign-in method "OAuth Server-to-Server" renews tokens automatically.',
    ),
  };
}
