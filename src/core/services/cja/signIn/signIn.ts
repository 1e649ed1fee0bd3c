import * as l10n from '@vscode/l10n';
import {
  getOrigin,
  addressField,
  optionField,
  secretField,
  tokenField,
  validateWord,
} from '../../common/signInFields';
import type { SignIn, SignInMethod, Field } from '../../contract/signIn';

export const defaultEndpoint = 'https://cja.adobe.io';
export const defaultImsEndpoint = 'https://ims-na1.adobelogin.com';

export const defaultPlatformEndpoint = 'https://platform.adobe.io';

/** The value of the setting `batches` that switches them on. */
const BATCHES_ON = 'on';

/** The scopes in Adobe's own examples. What is visible depends on the product profile, not on them. */
export const defaultScopes =
  'openid,AdobeID,read_organizations,additional_info.projectedProductContext,session';

/** The states by which backfills can be filtered, as requests spell them. */
const backfillStatuses = ['inProgress', 'completed', 'failed'] as const;

/** Texts are in the language that is set when this is called. */
export function createSignIn(): SignIn {
  return { methods: createMethods(), options: createOptions(), origins };
}

/** The sign-in methods of Adobe Customer Journey Analytics. JWT is not supported: Adobe ended it on 2025-06-30. */
function createMethods(): readonly SignInMethod[] {
  return [
    {
      id: 'oauth',
      title: l10n.t('OAuth Server-to-Server'),
      description: l10n.t(
        'Client ID and secret from Adobe Developer Console. Tokens are renewed automatically.',
      ),
      fields: [clientId(), clientSecret(), orgId(), scopes()],
      importFile: async (text) => (await import('./importCredentials')).importCredentials(text),
    },
    {
      id: 'token',
      title: l10n.t('Access token'),
      description: l10n.t('A token from Adobe Developer Console. It expires after at most 24 hours.'),
      fields: [clientId(), orgId(), accessToken()],
    },
  ];
}

/** The origins of the API, of the sign-in (IMS), and, if the account asks it for batches, of Experience Platform. */
export function origins(
  settings: Readonly<Record<string, string>>,
): readonly [api: string, ims: string, ...platform: readonly string[]] {
  const api = getOrigin(settings, 'endpoint', defaultEndpoint);
  const ims = getOrigin(settings, 'imsEndpoint', defaultImsEndpoint);
  return settings.batches === BATCHES_ON
    ? [api, ims, getOrigin(settings, 'platformEndpoint', defaultPlatformEndpoint)]
    : [api, ims];
}

/** All settings of an account, of all sign-in methods. */
export function settingFields(): readonly Field[] {
  return [clientId(), orgId(), scopes(), ...createOptions()];
}

function createOptions(): readonly Field[] {
  return [
    optionField(
      'tenant',
      l10n.t('Tenant'),
      l10n.t('The name after @ in the address of Adobe Experience Cloud. Used for links.'),
    ),
    optionField('sandboxName', l10n.t('Sandbox name'), l10n.t('Only connections in this sandbox.')),
    optionField('sandboxId', l10n.t('Sandbox ID'), l10n.t('Only connections in the sandbox with this ID.')),
    optionField(
      'connectionIds',
      l10n.t('Connection IDs'),
      l10n.t('Only these connections, separated by commas.'),
    ),
    optionField(
      'includeType',
      l10n.t('Additional connections'),
      l10n.t('systemUserOwned, disabled, or both, separated by a comma.'),
    ),
    {
      ...optionField('backfillStatus', l10n.t('Backfill status'), statusPrompt()),
      validate: validateStatuses,
    },
    batches(),
    optionField('locale', l10n.t('Locale'), l10n.t('The language of names defined by Adobe, such as en_US.')),
    addressField('endpoint', l10n.t('API address'), defaultEndpoint),
    addressField('imsEndpoint', l10n.t('Sign-in address (IMS)'), defaultImsEndpoint),
    addressField('platformEndpoint', l10n.t('Experience Platform address'), defaultPlatformEndpoint),
  ];
}

/** Off unless chosen, because the token of the account goes to a second service then. */
function batches(): Field {
  const choices = [
    { value: '', label: l10n.t('Off') },
    {
      value: BATCHES_ON,
      label: l10n.t('On'),
      description: l10n.t(
        'Sends requests with the token of this account to {0}, too',
        defaultPlatformEndpoint,
      ),
    },
  ];
  return {
    ...optionField(
      'batches',
      l10n.t('Batches'),
      l10n.t(
        'Show the batches of a dataset. Requests with the token of this account then also go to Adobe Experience Platform.',
      ),
    ),
    choices,
    validate: (text) =>
      choices.some(({ value }) => value === text)
        ? undefined
        : l10n.t('"{0}" is not one of {1}.', text, BATCHES_ON),
  };
}

function clientId(): Field {
  return {
    key: 'clientId',
    label: l10n.t('Client ID'),
    prompt: l10n.t(
      'In Developer Console: your project > OAuth Server-to-Server > Client ID (also called API key).',
    ),
    secret: false,
    optional: false,
    validate: (text) => validateWord(text, l10n.t('Enter the client ID. It consists of letters and digits.')),
  };
}

function clientSecret(): Field {
  return secretField(
    'clientSecret',
    l10n.t('Client secret'),
    l10n.t('In Developer Console: your project > OAuth Server-to-Server > Retrieve client secret.'),
    l10n.t('Enter the client secret without spaces.'),
  );
}

function orgId(): Field {
  return {
    key: 'orgId',
    label: l10n.t('Organization ID'),
    prompt: l10n.t('In Developer Console: your project > Organization ID.'),
    placeholder: '1234567890ABCDEF12345678@AdobeOrg',
    secret: false,
    optional: false,
    validate: (text) =>
      /^[\x21-\x3f\x41-\x7e]+@AdobeOrg$/.test(text.trim())
        ? undefined
        : l10n.t('An organization ID ends with @AdobeOrg, with a capital A and O.'),
  };
}

function scopes(): Field {
  return {
    key: 'scopes',
    label: l10n.t('Scopes'),
    prompt: l10n.t('The scopes of your credential in Developer Console, separated by commas.'),
    secret: false,
    optional: true,
    default: defaultScopes,
    validate: () => undefined,
  };
}

function accessToken(): Field {
  return tokenField(
    'accessToken',
    l10n.t('Access token'),
    l10n.t('In Developer Console: your project > OAuth Server-to-Server > Generate access token.'),
    l10n.t('Paste the access token as shown in Developer Console.'),
  );
}

function statusPrompt(): string {
  return l10n.t('Only backfills in these states, separated by commas: {0}.', backfillStatuses.join(', '));
}

function validateStatuses(text: string): string | undefined {
  const unknown = text
    .split(',')
    .map((word) => word.trim())
    .find((word) => !backfillStatuses.some((known) => known === word));
  return unknown === undefined
    ? undefined
    : l10n.t('"{0}" is not one of {1}.', unknown, backfillStatuses.join(', '));
}
