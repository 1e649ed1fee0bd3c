import * as l10n from '@vscode/l10n';
import { cleanToken, checkSettings, getText, unusable } from '../../common/signInFields';
import type { Secrets, Account } from '../../contract/signIn';
import { origins, settingFields } from './signIn';

/** The settings of an account, validated. */
export interface ImmutaSettings {
  /** An origin, without a trailing slash. */
  readonly endpoint: string;
  readonly tasks: TaskFilter;
  readonly runStatus?: string | undefined;
}

/** The filters of a list of tasks (GET …/tasks, `filter[…]`). */
export interface TaskFilter {
  readonly type?: string | undefined;
  readonly status?: string | undefined;
  readonly trigger?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly parentId?: string | undefined;
}

/** The credentials: an API key, from which tokens are created, or a token created elsewhere. */
export type Credentials = { readonly apiKey: string } | { readonly token: string };

/**
 * Validates the settings of an account.
 * @throws HttpError kind `rejected` that names the first unusable setting.
 */
export function readSettings({ settings }: Account): ImmutaSettings {
  checkSettings(settingFields(), settings);
  const [endpoint] = origins(settings);
  return {
    endpoint,
    tasks: {
      type: getText(settings, 'taskType'),
      status: getText(settings, 'taskStatus'),
      trigger: getText(settings, 'taskTrigger'),
      createdBy: getText(settings, 'taskCreatedBy'),
    },
    runStatus: getText(settings, 'runStatus'),
  };
}

/**
 * Selects the credentials of an account; an API key takes precedence, because it can create new tokens.
 * @throws HttpError kind `rejected` if there are none.
 */
export function readCredentials(secrets: Secrets): Credentials {
  const apiKey = getText(secrets, 'apiKey');
  if (apiKey !== undefined) return { apiKey };
  const token = cleanToken(secrets.token ?? '');
  if (/^[\x21-\x7e]+$/.test(token)) return { token };
  throw unusable(l10n.t('The API key or access token of this account is missing.'));
}
