import * as l10n from '@vscode/l10n';
import type { Secrets, Account } from '../../contract/signIn';
import { checkSettings, getText, unusable } from '../../common/signInFields';
import { isApiKey, origins, settingFields } from './signIn';

/** The settings of an account, validated. */
export interface KrenalisSettings {
  /** An origin, without a trailing slash. */
  readonly endpoint: string;
  /** Set for a key of the organization: a key restricted to a workspace is rejected with it. */
  readonly workspace?: string | undefined;
}

/**
 * Validates the settings of an account.
 * @throws HttpError kind `rejected` that names the first unusable setting.
 */
export function readSettings({ settings }: Account): KrenalisSettings {
  checkSettings(settingFields(), settings);
  const [endpoint] = origins(settings);
  return {
    endpoint,
    workspace: getText(settings, 'workspace'),
  };
}

/**
 * The API key of an account.
 * @throws HttpError kind `rejected` if it is missing or malformed.
 */
export function readKey(secrets: Secrets): string {
  const key = getText(secrets, 'apiKey') ?? '';
  if (isApiKey(key)) return key;
  throw unusable(l10n.t('The API key of this account is missing or invalid. It must start with api_.'));
}
