import type { Answer, SampleRequest } from '../common/exchange';
import { type Connector, connectors } from './connectors';
import { badRequest, KrenalisFailure } from './failures';

/** The authorization code. Real ones are unique; this one lets tests do without a browser. */
export const consentCode = 'sample-consent+of/4==';

/** The page of the application, which is not part of Krenalis. */
const pagePath = '/sample-application/authorize';

/**
 * Allowed redirect schemes: web pages, and editors that support VS Code extensions. Browsers run other schemes
 * themselves.
 */
const REDIRECT_SCHEMES: ReadonlySet<string> = new Set(
  [
    ...['http', 'https', 'vscode', 'vscode-insiders', 'vscode-exploration', 'code-oss', 'vscodium'],
    ...['vscodium-insiders', 'code-server', 'cursor', 'windsurf', 'positron', 'trae', 'kiro', 'antigravity'],
  ].map((scheme) => `${scheme}:`),
);

/** The OAuth operations, and the application's page. */
export class OAuth {
  #made = 0;
  readonly #tokens = new Map<string, string>();

  /** GET /v1/connections/auth-url. The sample service provides the page itself. */
  authUrl({ query, headers }: SampleRequest): unknown {
    const connector = readConnector(query);
    const role = query.get('role') ?? '';
    if (role !== 'Source' && role !== 'Destination') throw badRequest(`unexpected connection role '${role}'`);
    const page = new URL(pagePath, `http://${headers.host ?? ''}`);
    page.searchParams.set('client_id', connector.label);
    page.searchParams.set('response_type', 'code');
    page.searchParams.set('redirect_uri', readRedirect(query));
    return { authUrl: page.href };
  }

  /** GET /v1/connections/auth-token. */
  authToken({ query }: SampleRequest): unknown {
    const connector = readConnector(query);
    readRedirect(query);
    if (query.get('authCode') !== consentCode) throw badRequest('authorization code is not valid');
    this.#made += 1;
    const authToken = `sample-token+of/${this.#made}==`;
    this.#tokens.set(authToken, connector.code);
    return { authToken };
  }

  /** @throws KrenalisFailure if a connection of the connector cannot be created with the token. */
  check({ code, oauth }: Connector, token: string): void {
    if (oauth === null && token !== '') throw badRequest(`connector ${code} does not support OAuth`);
    if (oauth !== null && this.#tokens.get(token) !== code)
      throw badRequest('authorization token is not valid');
  }
}

/** The page where the application's user agrees or refuses; either redirects back with the given state. */
export function consentPage({ path, query }: SampleRequest): Answer | undefined {
  if (path !== pagePath) return undefined;
  const redirect = query.get('redirect_uri') ?? '';
  if (!isRedirect(redirect))
    return { status: 400, headers: pageHeaders, body: 'The redirect URI is not valid.' };
  const back = (answer: Readonly<Record<string, string>>): string => {
    const url = new URL(redirect);
    for (const [name, value] of Object.entries({ ...answer, state: query.get('state') ?? '' }))
      url.searchParams.set(name, value);
    return escaped(url.href);
  };
  const name = escaped(query.get('client_id') ?? '');
  const body = `<!DOCTYPE html>
<title>${name}</title>
<h1>${name}</h1>
<p>Krenalis wants to read and write your data.</p>
<p><a href="${back({ code: consentCode })}">Allow</a></p>
<p><a href="${back({ error: 'access_denied', error_description: 'The user said no' })}">Deny</a></p>
`;
  return { status: 200, headers: pageHeaders, body };
}

const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

function isRedirect(text: string): boolean {
  return URL.canParse(text) && REDIRECT_SCHEMES.has(new URL(text).protocol);
}

function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
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
  if (!isRedirect(redirect)) throw badRequest('redirection URI is not valid');
  return redirect;
}
