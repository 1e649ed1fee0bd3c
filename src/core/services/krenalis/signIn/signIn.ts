import * as l10n from '@vscode/l10n';
import { getOrigin, MAX_TOKEN_CHARS, validateEndpoint } from '../../common/signInFields';
import type { SignIn, SignInMethod, Field } from '../../contract/signIn';

/** The default address of an installation. */
export const defaultEndpoint = 'http://127.0.0.1:2022';

/** Texts are in the language that is set when this is called. */
export function createSignIn(): SignIn {
  return { methods: createMethods(), options: createOptions(), origins };
}

function createMethods(): readonly SignInMethod[] {
  return [
    {
      id: 'apiKey',
      title: l10n.t('API key'),
      description: l10n.t('An organization key, or a key restricted to a workspace.'),
      fields: [endpoint(), apiKey(), workspace()],
    },
  ];
}

/** Optional settings that signing in does not ask for: none. */
function createOptions(): readonly Field[] {
  return [];
}

/** The origin of the installation. */
export function origins(settings: Readonly<Record<string, string>>): readonly [string] {
  return [getOrigin(settings, 'endpoint', defaultEndpoint)];
}

/** All settings of an account. */
export function settingFields(): readonly Field[] {
  return [{ ...endpoint(), optional: true }, workspace()];
}

/** Keys start with `api_` (recorded: 400 for any other prefix), and are sent in a header. */
export function isApiKey(text: string): boolean {
  return text.length <= MAX_TOKEN_CHARS && /^api_[\x21-\x7e]+$/.test(text);
}

function endpoint(): Field {
  return {
    key: 'endpoint',
    label: l10n.t('Address'),
    prompt: l10n.t('The address of your Krenalis installation, without a path.'),
    placeholder: defaultEndpoint,
    secret: false,
    optional: false,
    default: defaultEndpoint,
    validate: validateEndpoint,
  };
}

function apiKey(): Field {
  return {
    key: 'apiKey',
    label: l10n.t('API key'),
    prompt: l10n.t('In Krenalis: Organization > Access keys. The key starts with api_.'),
    placeholder: 'api_…',
    secret: true,
    optional: false,
    validate: (text) =>
      isApiKey(text.trim())
        ? undefined
        : l10n.t('An API key starts with api_ and contains no spaces. MCP keys (mcp_) are not supported.'),
  };
}

function workspace(): Field {
  return {
    key: 'workspace',
    label: l10n.t('Workspace ID'),
    prompt: l10n.t('Only for an organization key. Leave empty for a key restricted to a workspace.'),
    secret: false,
    optional: true,
    listed: true,
    validate: (text) =>
      /^[\w-]+$/.test(text.trim()) ? undefined : l10n.t('A workspace ID contains only letters and digits.'),
  };
}
