import type { SampleRequest } from '../exchange';
import { type Connector, connectors } from './connectors';
import { badRequest, KrenalisFailure } from './failures';

/** The code that is good for a token, as if the application had handed it out. */
const consentCode = 'sample-consent';

/** The three steps to an application that wants its user's consent. */
export class OAuth {
  #made = 0;
  readonly #tokens = new Map<string, Connector>();

  /** GET /v1/connections/auth-url. Nobody answers at the address that it gives. */
  authUrl({ query }: SampleRequest): unknown {
    const connector = readConnector(query);
    const role = query.get('role') ?? '';
    if (role !== 'Source' && role !== 'Destination') throw badRequest(`unexpected connection role '${role}'`);
    const redirect = readRedirect(query);
    return {
      authUrl: `https://login.example/${connector.code}/authorize?redirect_uri=${encodeURIComponent(redirect)}`,
    };
  }

  /** GET /v1/connections/auth-token. */
  authToken({ query }: SampleRequest): unknown {
    const connector = readConnector(query);
    readRedirect(query);
    if (query.get('authCode') !== consentCode) throw badRequest('authorization code is not valid');
    this.#made += 1;
    const authToken = `sample-token+of/${this.#made}==`;
    this.#tokens.set(authToken, connector);
    return { authToken };
  }

  /** @throws KrenalisFailure where a connection of the connector cannot be made with the token. */
  check(connector: Connector, token: string): void {
    if (connector.oauth === null && token !== '')
      throw badRequest(`connector ${connector.code} does not support OAuth`);
    if (connector.oauth !== null && this.#tokens.get(token) !== connector)
      throw badRequest('authorization token is not valid');
  }
}

function readConnector(query: URLSearchParams): Connector {
  const code = query.get('connector') ?? '';
  const connector = connectors.get(code);
  if (!connector) throw new KrenalisFailure('NotFound', `connector ${code} does not exist`);
  if (connector.oauth === null) throw badRequest(`connector ${code} does not support OAuth`);
  return connector;
}

function readRedirect(query: URLSearchParams): string {
  const redirect = query.get('redirectURI') ?? '';
  if (!URL.canParse(redirect)) throw badRequest('redirection URI is not valid');
  return redirect;
}
