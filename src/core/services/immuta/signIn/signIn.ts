import * as l10n from '@vscode/l10n';
import { getOrigin, validateEndpoint, optionField, secretField, tokenField } from '../../common/signInFields';
import type { SignIn, SignInMethod, Field } from '../../contract/signIn';

/** Texts are in the language that is set when this is called. */
export function createSignIn(): SignIn {
  return { methods: createMethods(), options: createOptions(), origins };
}

function createMethods(): readonly SignInMethod[] {
  return [
    {
      id: 'apiKey',
      title: l10n.t('API key'),
      description: l10n.t('A key from your Immuta profile. Tokens are renewed automatically.'),
      fields: [endpoint(), apiKey()],
    },
    {
      id: 'token',
      title: l10n.t('Access token'),
      description: l10n.t('A token created elsewhere. When it expires, paste a new one.'),
      fields: [endpoint(), token()],
    },
  ];
}

/** The origin of the tenant. */
export function origins(settings: Readonly<Record<string, string>>): readonly [string] {
  return [getOrigin(settings, 'endpoint', undefined)];
}

/** All settings of an account, of all sign-in methods. */
export function settingFields(): readonly Field[] {
  return [endpoint(), ...createOptions()];
}

/** Optional settings of an account: filters for lists of tasks and runs. */
function createOptions(): readonly Field[] {
  const prompt = l10n.t('Only these are listed, spelled as in Immuta. Leave empty to list all.');
  return [
    optionField('taskType', l10n.t('Task type'), prompt),
    optionField('taskStatus', l10n.t('Task status'), prompt),
    optionField('taskTrigger', l10n.t('Task trigger'), prompt),
    optionField(
      'taskCreatedBy',
      l10n.t('Task creator'),
      l10n.t('Only tasks created by the user or system account with this ID.'),
    ),
    optionField('runStatus', l10n.t('Run status'), prompt),
  ];
}

function endpoint(): Field {
  return {
    key: 'endpoint',
    label: l10n.t('Tenant address'),
    prompt: l10n.t('The address at which you open Immuta in the browser, without a path.'),
    placeholder: 'https://your-company.immutacloud.com',
    secret: false,
    optional: false,
    validate: validateEndpoint,
  };
}

function apiKey(): Field {
  return secretField(
    'apiKey',
    l10n.t('API key'),
    l10n.t('In Immuta: your profile > API Keys > Generate key.'),
    l10n.t('Enter the API key without spaces.'),
  );
}

function token(): Field {
  return tokenField(
    'token',
    l10n.t('Access token'),
    l10n.t('The value after Bearer in a request to Immuta.'),
    l10n.t('Paste the access token without spaces.'),
  );
}
