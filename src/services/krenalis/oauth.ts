import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../http/client';
import { HttpError } from '../../http/errors';
import type { Choice } from '../service';
import type { Catalogue } from './catalogue';
import { readObject } from './listing';
import type { AuthTokenQuery, AuthUrlQuery, Operations } from './operations';

/**
 * The consent of an application's user, which some connectors need before a connection is made: `connectors` tells
 * which, `consentUrl` where the user is asked, and `redeem` takes the code that the application then hands to the
 * redirect address. The token that comes of it stays in memory, until the connection is made.
 */
export class OAuth {
  readonly #operations: Operations;
  readonly #catalogue: Catalogue;
  readonly #tokens = new Map<string, string>();

  constructor(operations: Operations, catalogue: Catalogue) {
    this.#operations = operations;
    this.#catalogue = catalogue;
  }

  /** The connectors that need consent. @throws HttpError */
  async connectors(call: CallOptions): Promise<readonly Choice[]> {
    const connectors = await this.#catalogue.connectors(call);
    return connectors
      .filter(({ oauth }) => oauth)
      .map(({ code, label }) => ({ value: code, label: label ?? code, description: code }));
  }

  /**
   * The page that asks the user (GET /v1/connections/auth-url), to be opened in a browser.
   * @throws HttpError, kind `protocol` where the service names no page that may be opened.
   */
  async consentUrl(query: AuthUrlQuery, call: CallOptions): Promise<string> {
    const { authUrl } = readObject(await this.#operations.authUrl(query, call));
    if (typeof authUrl === 'string' && isWebPage(authUrl)) return authUrl;
    throw new HttpError('protocol', l10n.t('Krenalis named no https page to ask for consent at.'), {
      advice: l10n.t('Check how OAuth is set up in Krenalis.'),
    });
  }

  /**
   * Makes a token of the code (GET /v1/connections/auth-token), for the next connection of that connector.
   * @throws HttpError
   */
  async redeem(query: AuthTokenQuery, call: CallOptions): Promise<void> {
    const { authToken } = readObject(await this.#operations.authToken(query, call));
    if (typeof authToken !== 'string' || authToken === '')
      throw new HttpError('protocol', l10n.t('Krenalis answered without a token.'));
    this.#operations.transport.conceal(authToken);
    this.#tokens.set(query.connector, authToken);
  }

  /** The token that waits for a connection of the connector. */
  tokenFor(connector: string): string | undefined {
    return this.#tokens.get(connector);
  }

  /** Drops a token that was used: it is good for one connection. */
  forget(connector: string): void {
    this.#tokens.delete(connector);
  }
}

function isWebPage(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}
