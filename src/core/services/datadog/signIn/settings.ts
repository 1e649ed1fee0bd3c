import * as l10n from '@vscode/l10n';
import {
  cleanToken,
  validateWord,
  checkSettings,
  getList,
  getText,
  unusable,
} from '../../common/signInFields';
import type { Secrets, Account } from '../../contract/signIn';
import { defaultEntities, origins, settingFields } from './signIn';
import { defaultSite } from './sites';

/** The settings of an account, validated and parsed. */
export interface DatadogSettings {
  /** The origin that requests are sent to. */
  readonly endpoint: string;
  /** The domain of the site; undefined if requests go to another address, whose web interface is unknown. */
  readonly site: string | undefined;
  /** At least one. */
  readonly entities: readonly string[];
}

/** The credentials. */
export type Credentials =
  { readonly apiKey: string; readonly applicationKey: string } | { readonly token: string };

/**
 * Validates and parses the settings of an account.
 * @throws HttpError kind `rejected` that names the first unusable setting.
 */
export function readSettings({ settings }: Account): DatadogSettings {
  checkSettings(settingFields(), settings);
  const [endpoint] = origins(settings);
  const site = getText(settings, 'site') ?? defaultSite;
  const entities = getList({ entities: getText(settings, 'entities') ?? defaultEntities }, 'entities');
  return {
    endpoint,
    site: getText(settings, 'endpoint') === undefined ? site : undefined,
    entities: [...new Set(entities)],
  };
}

/**
 * Selects the credentials of an account: both keys, else a token.
 * @throws HttpError kind `rejected` if neither is usable.
 */
export function readCredentials(secrets: Secrets): Credentials {
  const apiKey = getText(secrets, 'apiKey') ?? '';
  const applicationKey = getText(secrets, 'applicationKey') ?? '';
  if (isWord(apiKey) && isWord(applicationKey)) return { apiKey, applicationKey };
  const token = cleanToken(secrets.token ?? '');
  if (isWord(token)) return { token };
  throw unusable(l10n.t('The API key, application key or token of this account is missing.'));
}

/** The site, or the host of another address, for display. */
export function siteName({ site, endpoint }: DatadogSettings): string {
  return site ?? new URL(endpoint).host;
}

/** The headers of every request (OpenAPI: `apiKeyAuth` and `appKeyAuth`, or `AuthZ`). */
export function requestHeaders(credentials: Credentials): Readonly<Record<string, string>> {
  const signIn =
    'token' in credentials
      ? { authorization: `Bearer ${credentials.token}` }
      : { 'dd-api-key': credentials.apiKey, 'dd-application-key': credentials.applicationKey };
  return { accept: 'application/json', ...signIn };
}

function isWord(text: string): boolean {
  return validateWord(text, '') === undefined;
}
