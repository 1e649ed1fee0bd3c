import * as l10n from '@vscode/l10n';
import {
  getOrigin,
  validateEndpoint,
  optionField,
  secretField,
  tokenField,
  getList,
  getText,
} from '../../common/signInFields';
import type { SignIn, SignInMethod, Field } from '../../contract/signIn';
import { apiOrigin, defaultSite, isSite, siteChoices } from './sites';

/** The two entities for which Datadog's API has separate operations (inference: the API accepts any name). */
export const defaultEntities = 'users,accounts';

/** Texts are in the language that is set when this is called. */
export function createSignIn(): SignIn {
  return { methods: createMethods(), options: createOptions(), origins };
}

function createMethods(): readonly SignInMethod[] {
  return [
    {
      id: 'keys',
      title: l10n.t('API key and application key'),
      description: l10n.t('From Organization Settings in Datadog. Keys do not expire.'),
      fields: [site(), apiKey(), applicationKey()],
    },
    {
      id: 'token',
      title: l10n.t('Access token'),
      description: l10n.t('A personal access token or an OAuth client token.'),
      fields: [site(), token()],
    },
  ];
}

function createOptions(): readonly Field[] {
  return [
    {
      ...optionField(
        'entities',
        l10n.t('Entities'),
        l10n.t('Entities whose connections are shown, separated by commas.'),
      ),
      default: defaultEntities,
      validate: validateEntities,
    },
    endpoint(),
  ];
}

/** The origin of the API: the configured address, else that of the site. */
export function origins(settings: Readonly<Record<string, string>>): readonly [string] {
  return [getOrigin(settings, 'endpoint', apiOrigin(getText(settings, 'site') ?? defaultSite))];
}

/** All settings of an account, of all sign-in methods. */
export function settingFields(): readonly Field[] {
  return [site(), ...createOptions()];
}

function site(): Field {
  return {
    ...optionField(
      'site',
      l10n.t('Site'),
      l10n.t('The Datadog site of your organization, as in its address.'),
    ),
    default: defaultSite,
    choices: siteChoices(),
    validate: (text) =>
      isSite(text.trim())
        ? undefined
        : l10n.t('Enter a Datadog site, such as {0}, without https:// or app.', defaultSite),
  };
}

function apiKey(): Field {
  return secretField(
    'apiKey',
    l10n.t('API key'),
    l10n.t('In Datadog: Organization Settings > API Keys.'),
    l10n.t('Enter the API key, not its ID. It consists of letters and digits.'),
  );
}

function applicationKey(): Field {
  return secretField(
    'applicationKey',
    l10n.t('Application key'),
    l10n.t('In Datadog: Organization Settings > Application Keys. The permissions of its owner apply.'),
    l10n.t('Enter the application key, not its ID. It consists of letters and digits.'),
  );
}

function token(): Field {
  return tokenField(
    'token',
    l10n.t('Access token'),
    l10n.t('In Datadog: Personal Settings > Access Tokens.'),
    l10n.t('Paste the token as shown in Datadog.'),
  );
}

function endpoint(): Field {
  const prompt = l10n.t('Replaces the address of the site, for a proxy or a test system.');
  return { ...optionField('endpoint', l10n.t('API address'), prompt), validate: validateEndpoint };
}

/** An entity is a segment of a path, in which `.` and `..` would lead elsewhere. */
function validateEntities(text: string): string | undefined {
  const words = getList({ text }, 'text');
  const odd = words.find((word) => !/^[\w.-]+$/.test(word) || /^\.+$/.test(word));
  if (odd !== undefined) return l10n.t('"{0}" is not the name of an entity, such as users.', odd);
  return words.length > 0 ? undefined : l10n.t('Enter at least one entity, such as users.');
}
