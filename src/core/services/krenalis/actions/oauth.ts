import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import type { AuthorizationRequest, AuthorizationRedirect } from '../../contract/action';
import { checkLength } from '../../common/tokens';
import type { Connector } from '../client/connectors';
import { readObject } from '../client/listing';
import type { AuthTokenQuery, AuthUrlQuery, Operations } from '../client/operations';

/**
 * The consent of an application's user, which some connectors need before a connection is made. Its token is good for
 * one connection of that connector in that role, and stays in memory until then.
 */
export class OAuth {
  /** By role and connector. */
  readonly #tokens = new Map<string, string>();

  constructor(private readonly operations: Operations) {}

  /** The consent to ask for, or undefined where it was given already. */
  consent({ code: connector, label = connector }: Connector, role: string): AuthorizationRequest | undefined {
    if (this.#tokens.has(getKey(connector, role))) return undefined;
    return {
      application: label,
      authorizationUrl: ({ redirectUri, state }, call) =>
        this.#page({ connector, role, redirectURI: redirectUri }, state, call),
      exchangeCode: async (authCode, redirectURI, call) => {
        const token = await this.#redeem({ connector, redirectURI, authCode }, call);
        this.#tokens.set(getKey(connector, role), token);
      },
    };
  }

  /**
   * Hands a token to what makes the connection, and forgets it when that was done or the token was refused. Where
   * something else was refused, the token serves the next try.
   */
  async use(
    connector: string,
    role: string,
    make: (token: string | undefined) => Promise<void>,
  ): Promise<void> {
    const key = getKey(connector, role);
    try {
      await make(this.#tokens.get(key));
    } catch (error) {
      if (refusesToken(error)) this.#tokens.delete(key);
      throw error;
    }
    this.#tokens.delete(key);
  }

  /**
   * GET /v1/connections/auth-url. Its parameters have no state, so it is added to the page's address: the page is the
   * application's own (documentation: `https://login.sample-oauth-app.com/authorize`), and hands it back (RFC 6749).
   */
  async #page(
    query: AuthUrlQuery,
    state: AuthorizationRedirect['state'],
    call: CallOptions,
  ): Promise<string> {
    const { authUrl } = readObject(await this.operations.authUrl(query, call));
    if (typeof authUrl !== 'string' || !URL.canParse(authUrl))
      throw new HttpError('protocol', l10n.t('Krenalis did not return an authorization page.'), {
        advice: l10n.t('Check the OAuth configuration in Krenalis.'),
      });
    const page = new URL(authUrl);
    page.searchParams.set('state', state);
    return page.href;
  }

  /** GET /v1/connections/auth-token. */
  async #redeem(query: AuthTokenQuery, call: CallOptions): Promise<string> {
    this.operations.transport.conceal(query.authCode);
    const { authToken } = readObject(await this.operations.authToken(query, call));
    if (typeof authToken !== 'string' || authToken === '')
      throw new HttpError('protocol', l10n.t('Krenalis did not return a token.'));
    this.operations.transport.conceal(authToken);
    checkLength(authToken);
    return authToken;
  }
}

function getKey(connector: string, role: string): string {
  return `${role} ${connector}`;
}

/** The service's words for it are not documented: inferred from the names of parameter and operation. */
function refusesToken(error: unknown): boolean {
  return error instanceof HttpError && error.status === 400 && /auth\w* token|authToken/i.test(error.message);
}
