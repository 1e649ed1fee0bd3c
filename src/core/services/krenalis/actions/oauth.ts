import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import type { AuthorizationRequest, AuthorizationRedirect } from '../../contract/action';
import { checkLength } from '../../common/tokens';
import type { Connector } from '../client/connectors';
import { readObject } from '../client/listing';
import type { AuthTokenQuery, AuthUrlQuery, Operations } from '../client/operations';

/**
 * The user's authorization, which some connectors require before a connection is created. Its token is valid
 * for one connection of that connector in that role, and is kept in memory until then.
 */
export class OAuth {
  /** By role and connector. */
  readonly #tokens = new Map<string, string>();

  constructor(private readonly operations: Operations) {}

  /** The authorization to request; undefined if there is one already. */
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
   * Passes a token to the work that creates the connection, and forgets it if that succeeded or the token was
   * refused. After other failures, the token is used again.
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
   * GET /v1/connections/auth-url. Its parameters have no state, so the state is added to the page's URL: the
   * page is the application's own (documentation: `https://login.sample-oauth-app.com/authorize`), and
   * returns it (RFC 6749).
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

/** The service's message for it is not documented: inferred from the names of parameter and operation. */
function refusesToken(error: unknown): boolean {
  return error instanceof HttpError && error.status === 400 && /auth\w* token|authToken/i.test(error.message);
}
