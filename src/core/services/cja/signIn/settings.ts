import * as l10n from '@vscode/l10n';
import { cleanToken, checkSettings, getList, getText, unusable } from '../../common/signInFields';
import type { Secrets, Account } from '../../contract/signIn';
import { defaultScopes, origins, settingFields } from './signIn';

/** The settings of an account, validated and parsed. */
export interface CjaSettings {
  readonly orgId: string;
  readonly clientId: string;
  /** Separated by commas. */
  readonly scopes: string;
  /** Origins, without a trailing slash. */
  readonly endpoint: string;
  readonly imsEndpoint: string;
  /** The origin of Experience Platform; absent unless the account asks it for batches. */
  readonly platformEndpoint?: string | undefined;
  readonly tenant?: string | undefined;
  readonly locale?: string | undefined;
  readonly sandboxName?: string | undefined;
  readonly sandboxId?: string | undefined;
  readonly connectionIds: readonly string[];
  readonly includeType: readonly string[];
  readonly backfillStatus: readonly string[];
}

/** The credentials: a client secret, from which tokens are created, or a token created elsewhere. */
export type Credentials = { readonly clientSecret: string } | { readonly accessToken: string };

/**
 * Validates and parses the settings of an account.
 * @throws HttpError kind `rejected` that names the first unusable setting.
 */
export function readSettings(account: Account): CjaSettings {
  const given = account.settings;
  checkSettings(settingFields(), given);
  const [endpoint, imsEndpoint, platformEndpoint] = origins(given);
  return {
    orgId: getText(given, 'orgId') ?? '',
    clientId: getText(given, 'clientId') ?? '',
    scopes: getList(given, 'scopes').join(',') || defaultScopes,
    endpoint,
    imsEndpoint,
    platformEndpoint,
    tenant: getText(given, 'tenant')?.replace(/^@/, ''),
    locale: getText(given, 'locale'),
    sandboxName: getText(given, 'sandboxName'),
    sandboxId: getText(given, 'sandboxId'),
    connectionIds: getList(given, 'connectionIds'),
    includeType: getList(given, 'includeType'),
    backfillStatus: getList(given, 'backfillStatus'),
  };
}

/**
 * Selects the credentials of an account; a client secret takes precedence, because it can create new tokens.
 * @throws HttpError kind `rejected` if there are none.
 */
export function readCredentials(secrets: Secrets): Credentials {
  const clientSecret = getText(secrets, 'clientSecret');
  if (clientSecret !== undefined) return { clientSecret };
  const accessToken = cleanToken(secrets.accessToken ?? '');
  if (/^[\x21-\x7e]+$/.test(accessToken)) return { accessToken };
  throw unusable(l10n.t('The client secret or access token of this account is missing.'));
}
