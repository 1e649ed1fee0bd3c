import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CallOptions, HttpClient } from '../../http/client';
import { HttpError } from '../../http/errors';
import { InFlight } from '../../http/inFlight';
import { parseJson } from '../../http/json';
import { number } from '../decode';
import type { CjaSettings, Proof } from './settings';

/** Gives the access token that requests carry. */
export interface TokenSource {
  /**
   * A token that is good for now.
   * @throws HttpError where none can be had.
   */
  current(call: CallOptions): Promise<string>;
  /**
   * A token in place of one that the service refused.
   * @throws HttpError where there is no way to another one.
   */
  replace(refused: string, refusal: HttpError, call: CallOptions): Promise<string>;
  /** Values that must not be seen anywhere. */
  secrets(): readonly string[];
}

interface Token {
  readonly text: string;
  /** Milliseconds since 1970 from which on another one is made. */
  readonly renewAt: number;
}

/** Adobe's tokens live 24 hours (IMS guide, `expires_in` 86399). */
const LONGEST_LIFE = 24 * 60 * 60;
/** Assumed where the answer does not tell. */
const UNTOLD_LIFE = 60 * 60;
/** A token is renewed this long before it ends, or a tenth of its life before, whichever is shorter. In seconds. */
const MARGIN = 5 * 60;

const answer = v.object({
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/)),
  expires_in: number,
});

/** The token source that fits what the account proves itself with. */
export function tokenSource(settings: CjaSettings, proof: Proof, http: HttpClient): TokenSource {
  return 'clientSecret' in proof
    ? new ClientCredentials(settings, proof.clientSecret, http)
    : new PastedToken(proof.accessToken);
}

/**
 * Makes tokens from client id and secret (IMS, POST /ims/token/v3, grant `client_credentials`).
 * However many requests need a token at once, one is made.
 */
class ClientCredentials implements TokenSource {
  readonly #settings: CjaSettings;
  readonly #clientSecret: string;
  readonly #http: HttpClient;
  readonly #renewals = new InFlight<Token>();
  #token: Token | undefined;

  constructor(settings: CjaSettings, clientSecret: string, http: HttpClient) {
    this.#settings = settings;
    this.#clientSecret = clientSecret;
    this.#http = http;
  }

  async current(call: CallOptions): Promise<string> {
    const token = this.#token;
    return token && Date.now() < token.renewAt ? token.text : this.#renew(call);
  }

  async replace(refused: string, _refusal: HttpError, call: CallOptions): Promise<string> {
    // Others may have met the same refusal: the first one's renewal serves them all.
    if (this.#token?.text === refused) this.#token = undefined;
    return this.current(call);
  }

  secrets(): readonly string[] {
    return this.#token ? [this.#clientSecret, this.#token.text] : [this.#clientSecret];
  }

  async #renew(call: CallOptions): Promise<string> {
    const token = await this.#renewals.run('token', call.signal, async (signal) => {
      this.#token = await this.#request({ ...call, signal });
      return this.#token;
    });
    return token.text;
  }

  async #request(call: CallOptions): Promise<Token> {
    const { clientId, scopes, imsEndpoint } = this.#settings;
    const response = await this.#http.send(
      {
        method: 'POST',
        url: `${imsEndpoint}/ims/token/v3`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        // In the body, not in the URL: URLs are logged on the way.
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: this.#clientSecret,
          scope: scopes,
        }).toString(),
        repeatable: true,
        limited: false,
      },
      { ...call, priority: 'interactive' },
    );
    return readToken(parseJson(response));
  }
}

function readToken(body: unknown): Token {
  const decoded = v.safeParse(answer, body);
  if (!decoded.success)
    throw new HttpError('protocol', l10n.t('Adobe IMS answered without an access token.'));
  const { access_token: text, expires_in: told = UNTOLD_LIFE } = decoded.output;
  // Old versions of the endpoint tell milliseconds: nothing lives longer than a day.
  const life = Math.min(Math.max(told, 0), LONGEST_LIFE);
  return { text, renewAt: Date.now() + (life - Math.min(MARGIN, life / 10)) * 1000 };
}

/** A token that the user pasted. When it ends, only the user can bring another one. */
class PastedToken implements TokenSource {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  current(): Promise<string> {
    return Promise.resolve(this.#token);
  }

  replace(_refused: string, refusal: HttpError): Promise<string> {
    const { status, code, requestId } = refusal;
    return Promise.reject(
      new HttpError(
        'authentication',
        l10n.t('Adobe does not accept the pasted access token: it has ended or is not valid.'),
        {
          ...(status !== undefined && { status }),
          ...(code !== undefined && { code }),
          ...(requestId !== undefined && { requestId }),
          advice: l10n.t(
            'Paste a new token: edit the account. Tokens end after 24 hours; OAuth Server-to-Server renews them by itself.',
          ),
          cause: refusal,
        },
      ),
    );
  }

  secrets(): readonly string[] {
    return [this.#token];
  }
}
