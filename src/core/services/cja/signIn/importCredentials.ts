import * as l10n from '@vscode/l10n';
import { isJsonObject, readJson, type JsonObject } from '../../../http/json';
import { texts } from '../../../base/texts';

/** Blanks and blank lines before an assignment. */
const BLANKS = /\s*/y;

/** The key of an assignment, which may be in single quotes, up to its equals sign and the blanks behind it. */
const KEY = /(?:export[^\S\r\n]+)?(?:'([^'\r\n]+)'|([^\s=#'"]+))[^\S\r\n]*=([^\S\r\n]*)/y;

const QUOTED = /'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)"/y;

/** What may follow a quoted value: a comment. */
const AFTER_QUOTED = /[^\S\r\n]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;

const REST_OF_LINE = /[^\r\n]*/y;

/** The meaning of a backslash with the next character, in double quotes. In single quotes, only the last two apply. */
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', b: '\b', a: '\x07' },
  ...{ '"': '"', "'": "'", '\\': '\\' },
};

/**
 * Reads the assignments of a `.env` file as python-dotenv does, with which the public Python clients read theirs: an
 * optional `export`, quotes, comments after a blank, values of several lines, and the last of several values. Variables
 * within values are not replaced. Lines that assign nothing are skipped.
 * @throws Error whose message names the line, for a quoted value that does not end, or does not end its line.
 */
export function parseEnvFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (let at = skip(BLANKS, text, 0); at < text.length; at = skip(BLANKS, text, at)) {
    KEY.lastIndex = at;
    const [, quoted, key = quoted, blanks] = KEY.exec(text) ?? [];
    if (key === undefined) {
      at = skip(REST_OF_LINE, text, at);
      continue;
    }
    const value = readValue(text, KEY.lastIndex, blanks !== '');
    values.set(key, value.text);
    at = value.end;
  }
  return values;
}

/**
 * @param at start of the value.
 * @param isApart true if blanks precede it: without them, it may begin with a `#`.
 */
function readValue(
  text: string,
  at: number,
  isApart: boolean,
): { readonly text: string; readonly end: number } {
  const quote = text[at];
  if (quote === '"' || quote === "'") return readQuoted(text, at);
  const end = skip(REST_OF_LINE, text, at);
  const line = text.slice(at, end);
  const comment = isApart && line.startsWith('#') ? 0 : line.search(/\s#/);
  return { text: (comment < 0 ? line : line.slice(0, comment)).trimEnd(), end };
}

function readQuoted(text: string, at: number): { readonly text: string; readonly end: number } {
  QUOTED.lastIndex = at;
  const found = QUOTED.exec(text);
  const after = found ? at + found[0].length : 0;
  AFTER_QUOTED.lastIndex = after;
  if (!found || !AFTER_QUOTED.test(text)) throw unclosed(text, at);
  const [, single, double = ''] = found;
  const value =
    single === undefined
      ? double.replaceAll(/\\([^])/g, (pair, escaped: string) => ESCAPES[escaped] ?? pair)
      : single.replaceAll(/\\(['\\])/g, '$1');
  return { text: value, end: AFTER_QUOTED.lastIndex };
}

function unclosed(text: string, at: number): Error {
  const line = text.slice(0, at).split(/\r\n|\r|\n/).length;
  return new Error(l10n.t('Line {0} of the file has a quoted value that does not end there.', line));
}

/** The position after a match of a sticky expression, which matches everywhere. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

/** Spellings of the keys in files of Developer Console and of the public Python clients. */
const SPELLINGS = {
  orgId: ['org_id', 'ORG_ID', 'ims_org_id', 'orgId'],
  clientId: ['client_id', 'CLIENT_ID', 'api_key', 'API_KEY', 'clientId'],
  clientSecret: [
    'secret',
    'SECRET',
    'client_secret',
    'CLIENT_SECRET',
    'CLIENT_SECRETS',
    'client_secrets',
    'clientSecret',
  ],
  scopes: ['scopes', 'SCOPES'],
} as const;

/** Keys that only occur in credentials of the discontinued JWT method. */
const JWT_KEYS = [
  'private_key',
  'PRIVATE_KEY',
  'privateKey',
  'pathToKey',
  'METASCOPES',
  'meta_scopes',
  'metascopes',
  'PUBLIC_KEYS_WITH_EXPIRY',
  'jwt',
];
const TECHNICAL_ACCOUNT = ['tech_id', 'TECHNICAL_ACCOUNT_ID', 'technical_account_id'];

/**
 * Parses the file of an OAuth Server-to-Server credential: Developer Console's credential download, its project
 * download, or the configuration of a Python client, as JSON or as a `.env` file.
 * @returns its values: orgId, clientId, clientSecret, scopes.
 * @throws Error whose message says what is wrong with the file.
 */
export function importCredentials(text: string): Readonly<Record<string, string>> {
  const file = parse(text.replace(/^\uFEFF/, ''));
  const fields = Object.fromEntries(
    Object.entries(SPELLINGS).flatMap(([field, keys]) => {
      const value = fieldText(field, first(file, keys));
      return value === undefined ? [] : [[field, value]];
    }),
  );
  if (isJwt(file, fields)) {
    throw new Error(
      l10n.t(
        'This file is for service accounts (JWT), which Adobe deprecated on June 30, 2025 and has rejected since March 1, 2026. Add an OAuth Server-to-Server credential to the project in Developer Console and download it.',
      ),
    );
  }
  if (fields.clientId === undefined && fields.clientSecret === undefined) {
    throw new Error(
      l10n.t(
        'The file contains neither a client ID nor a client secret. Download the credential from Developer Console.',
      ),
    );
  }
  return fields;
}

function parse(text: string): JsonObject {
  // What JSON begins with, begins no assignment.
  if (/^\s*[[{"]/.test(text)) return flatten(parseJson(text));
  const values = parseEnvFile(text);
  if (values.size > 0) return Object.fromEntries(values);
  throw new Error(
    l10n.t(
      'The file is neither JSON nor a .env file. Download the credential from Developer Console as JSON.',
    ),
  );
}

function parseJson(text: string): JsonObject {
  let value: unknown;
  try {
    value = readJson(text);
  } catch {
    throw new Error(l10n.t('The file is not JSON. Download the credential from Developer Console as JSON.'));
  }
  if (!isJsonObject(value)) throw new Error(l10n.t('The file is JSON, but not a credential.'));
  return value;
}

/**
 * Flattens the nested project download: `project.org` and the first Server-to-Server credential of
 * `project.workspace.details.credentials`, else the first of any kind.
 */
function flatten(file: JsonObject): JsonObject {
  const project = object(file, 'project');
  if (project === undefined) return file;
  const found = object(object(project, 'workspace'), 'details')?.credentials;
  const credentials: readonly unknown[] = Array.isArray(found) ? found : [];
  const usable = credentials.filter(isJsonObject);
  const chosen = usable.find((credential) => 'oauth_server_to_server' in credential) ?? usable[0];
  return { ...object(project, 'org'), ...(object(chosen, 'oauth_server_to_server') ?? chosen) };
}

function object(parent: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = parent?.[key];
  return isJsonObject(value) ? value : undefined;
}

function first(file: JsonObject, keys: readonly string[]): unknown {
  const key = keys.find((candidate) => Object.hasOwn(file, candidate));
  return key === undefined ? undefined : file[key];
}

/** Scopes are a list or text. Each of several secrets is valid, so the first is used. */
function fieldText(field: string, value: unknown): string | undefined {
  const values = typeof value === 'string' ? [value] : texts(value);
  const text = field === 'scopes' ? values.join(',') : values[0];
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

function isJwt(file: JsonObject, fields: Readonly<Record<string, string>>): boolean {
  const account = first(file, TECHNICAL_ACCOUNT) !== undefined;
  return first(file, JWT_KEYS) !== undefined || (account && fields.scopes === undefined);
}
