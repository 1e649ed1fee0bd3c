import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpClient, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { parseJson } from '../../../http/json';
import { requestPath } from '../../../http/requestPath';
import { writeJson } from '../../common/exactJson';
import {
  MAX_TOKEN_RESPONSE_BYTES,
  PastedToken,
  RenewableToken,
  type Token,
  type TokenSource,
} from '../../common/tokens';
import type { ImmutaSettings, Credentials } from '../signIn/settings';

const answer = v.object({ token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/)) });

/** The token source for the credentials of the account. */
export function tokenSource(
  { endpoint }: ImmutaSettings,
  credentials: Credentials,
  http: HttpClient,
): TokenSource {
  if (!('apiKey' in credentials)) return new PastedToken(credentials.token, ended);
  const { apiKey } = credentials;
  return new RenewableToken(apiKey, (call) => requestToken(endpoint, apiKey, http, call));
}

/**
 * Exchanges an API key for a token (POST /bim/apikey/authenticate). Its lifetime is not reported: a 401 shows that it
 * has expired.
 */
async function requestToken(
  endpoint: string,
  apikey: string,
  http: HttpClient,
  call: CallOptions,
): Promise<Token> {
  const response = await http.send(
    {
      method: 'POST',
      origin: endpoint,
      path: requestPath`/bim/apikey/authenticate`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: writeJson({ apikey }),
      idempotent: true,
      rateLimited: false,
      maxResponseBytes: MAX_TOKEN_RESPONSE_BYTES,
    },
    { ...call, priority: 'interactive' },
  );
  const decoded = v.safeParse(answer, parseJson(response));
  if (!decoded.success)
    throw new HttpError('protocol', l10n.t('Immuta did not return an access token for the API key.'));
  return { text: decoded.output.token, renewAt: Infinity };
}

function ended(): { message: string; advice: string } {
  return {
    message: l10n.t('Immuta rejected the access token. It has expired or is invalid.'),
    advice: l10n.t(
      'Edit the account and paste a new access token. The sign-in method "API key" renews tokens automatically.',
    ),
  };
}
