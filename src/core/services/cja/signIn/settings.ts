import * as l10n from '@vscode/l10n';
import { cleanToken, checkSettings, getList, getText, unusable } from '../../common/signInFields';
import type { Secrets, Account } from '../../contract/signIn';
import { defaultScopes, origins, settingFields } from './signIn';

/** The settings of an account, checked and split. */
export interface CjaSettings {
  readonly orgId: string;
  readonly clientId: string;
  /** Joined by commas. */
  readonly scopes: string;
  /** Origins, without a slash at the end. */
  readonly endpoint: string;
  readonly imsEndpoint: string;
  readonly tenant?: string | undefined;
  readonly locale?: string | undefined;
  readonly sandboxName?: string | undefined;
  readonly sandboxId?: string | undefined;
  readonly connectionIds: readonly string[];
  readonly includeType: readonly string[];
  readonly backfillStatus: readonly string[];
}

/** What proves who asks: a client secret that tokens are made from, or a token made elsewhere. */
export type Proof = { readonly clientSecret: string } | { readonly accessToken: string };

/**
 * Checks and splits the settings of an account.
 * @throws HttpError kind `rejected` that names the first unusable setting.
 */
export function readSettings(account: Account): CjaSettings {
  const given = account.settings;
  checkSettings(settingFields(), given);
  const [endpoint, imsEndpoint] = origins(given);
  return {
    orgId: getText(given, 'orgId') ?? '',
    clientId: getText(given, 'clientId') ?? '',
    scopes: getList(given, 'scopes').join(',') || defaultScopes,
    endpoint,
    imsEndpoint,
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
 * Picks the secret that the account signs in with; a client secret goes first, for it can make new tokens.
 * @throws HttpError kind `rejected` where there is none.
 */
export function readProof(secrets: Secrets): Proof {
  const clientSecret = getText(secrets, 'clientSecret');
  if (clientSecret !== undefined) return { clientSecret };
  const accessToken = cleanToken(secrets.accessToken ?? '');
  if (/^[\x21-\x7e]+$/.test(accessToken)) return { accessToken };
  throw unusable(l10n.t('The client secret or access token of this account is missing.'));
}
