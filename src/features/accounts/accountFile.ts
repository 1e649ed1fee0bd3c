import * as l10n from '@vscode/l10n';
import { findNodeAtLocation, parse, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { isDeepStrictEqual } from 'node:util';
import { expectError } from '../../core/base/errors';
import { HttpError } from '../../core/http/errors';
import type { LoadedService } from '../../core/services/contract/service';
import type { Account, Field } from '../../core/services/contract/signIn';
import { cleanLine } from '../../shared/plainText';
import { sameOrigins } from './secretEntry';
import { uniqueName } from './signInForm';
import { toMembers, type Members } from './storedAccount';

/** The shape of an account file: `{ "connectionsExplorerAccounts": 1, "accounts": [ … ] }`. */
const VERSION_KEY = 'connectionsExplorerAccounts';
const VERSION = 1;

const MAX_ACCOUNTS = 500;
const MAX_NAME_CHARS = 200;
const MAX_SETTING_CHARS = 10_000;

/** An account in a file: without secrets. */
export type FileAccount = Pick<Account, 'service' | 'name' | 'production' | 'settings'>;

/** Formats accounts for a file, with the settings that the form asks for and none of its secrets. */
export function formatAccountFile(accounts: readonly Account[], services: readonly LoadedService[]): string {
  const written = accounts.flatMap((account) => toFileAccount(account, services) ?? []);
  return `${JSON.stringify({ [VERSION_KEY]: VERSION, accounts: written }, undefined, 2)}\n`;
}

/** The account with allow-listed settings only. @returns undefined if this version does not know its service. */
export function toFileAccount(
  { service: id, name, production, settings }: FileAccount,
  services: readonly LoadedService[],
): FileAccount | undefined {
  const service = services.find((each) => each.id === id);
  if (!service) return undefined;
  const open = getFields(service).filter(({ secret, key }) => !secret && (settings[key] ?? '') !== '');
  const kept = Object.fromEntries(open.map(({ key }) => [key, settings[key] ?? '']));
  return { service: id, name, production, settings: kept };
}

/** As an account file, for one account. @returns undefined for what would be refused there. */
export function readFileAccount(value: unknown, services: readonly LoadedService[]): FileAccount | undefined {
  try {
    return toFileAccount(readAccount(value, [], services), services);
  } catch (error) {
    expectError(error, WrongPlace);
    return undefined;
  }
}

/** All fields of the forms of a service. */
export function getFields({ methods, options }: LoadedService): readonly Field[] {
  return [...methods.flatMap(({ fields }) => fields), ...options];
}

type Place = readonly (string | number)[];

/** What is wrong with a file, and where. */
class WrongPlace extends Error {
  constructor(
    readonly place: Place,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Parses an account file. Nothing of it is taken unless all of it can be.
 * @throws Error whose message says what is wrong, with the line.
 */
export function parseAccountFile(text: string, services: readonly LoadedService[]): readonly FileAccount[] {
  const value = parseStrictly(text);
  refuseRepeatedNames(text);
  try {
    return readFile(value, services);
  } catch (error) {
    const { place, message } = expectError(error, WrongPlace);
    throw atLine(text, toOffset(text, place), message);
  }
}

function parseStrictly(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const errors: ParseError[] = [];
    safely(() => parse(text, errors, { allowTrailingComma: false, disallowComments: true }) as unknown);
    throw atLine(text, errors[0]?.offset ?? 0, l10n.t('The file is not valid JSON.'));
  }
}

/** Of two members of one name, people may read the one and programs take the other. */
function refuseRepeatedNames(text: string): void {
  const nodes = [safely(() => parseTree(text))];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const { children = [] } = node;
    if (node.type === 'object') checkNames(text, children);
    nodes.push(...children);
  }
}

function checkNames(text: string, properties: readonly Node[]): void {
  const names = new Set<unknown>();
  for (const { children: [key] = [], offset } of properties) {
    const name: unknown = key?.value;
    if (names.has(name))
      throw atLine(text, offset, l10n.t('"{0}" occurs twice.', cleanLine(String(name)).slice(0, 100)));
    names.add(name);
  }
}

function toOffset(text: string, place: Place): number {
  const root = safely(() => parseTree(text));
  // Reports a missing value at its expected place.
  for (let length = place.length; root && length > 0; length--) {
    const node = findNodeAtLocation(root, place.slice(0, length));
    if (node) return node.offset;
  }
  return 0;
}

/** The parser that knows offsets calls itself for each level: a file may be deeper than the stack. */
function safely<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function atLine(text: string, offset: number, message: string): Error {
  const line = text.slice(0, offset).split(/\r\n|\r|\n/).length;
  return new Error(l10n.t('Line {0}: {1} No account was imported.', line, message));
}

function readFile(value: unknown, services: readonly LoadedService[]): readonly FileAccount[] {
  const file = toMembers(value);
  const { [VERSION_KEY]: version, accounts, ...others } = file ?? {};
  if (typeof version !== 'number' || !Array.isArray(accounts))
    throw new WrongPlace([], l10n.t('This is not a file of exported accounts.'));
  if (version !== VERSION)
    throw new WrongPlace([VERSION_KEY], l10n.t('The file is from another version of the extension.'));
  checkNoOthers(others, []);
  if (accounts.length > MAX_ACCOUNTS)
    throw new WrongPlace(['accounts'], l10n.t('The file has more than {0} accounts.', MAX_ACCOUNTS));
  return accounts.map((account, at) => readAccount(account, ['accounts', at], services));
}

function checkNoOthers(others: Members, place: Place): void {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new WrongPlace([...place, unknown], l10n.t('"{0}" is unknown.', cleanLine(unknown).slice(0, 100)));
}

function readAccount(value: unknown, place: Place, services: readonly LoadedService[]): FileAccount {
  const { service: id, name, production = false, settings, ...others } = toMembers(value) ?? {};
  checkNoOthers(others, place);
  const service = services.find((each) => each.id === id);
  if (!service) throw new WrongPlace([...place, 'service'], l10n.t('The service is unknown.'));
  const cleaned = typeof name === 'string' ? cleanLine(name) : '';
  if (cleaned === '' || cleaned.length > MAX_NAME_CHARS)
    throw new WrongPlace(
      [...place, 'name'],
      l10n.t('A name of 1 to {0} characters is required.', MAX_NAME_CHARS),
    );
  if (typeof production !== 'boolean')
    throw new WrongPlace([...place, 'production'], l10n.t('"{0}" must be true or false.', 'production'));
  const read = readSettings(settings, [...place, 'settings'], service);
  return { service: service.id, name: cleaned, production, settings: read };
}

function readSettings(value: unknown, place: Place, service: LoadedService): FileAccount['settings'] {
  const members = toMembers(value);
  if (!members) throw new WrongPlace(place, l10n.t('An account requires a name and text settings.'));
  const read = Object.entries(members).map(([key, text]) => {
    const wrong = settingComplaint(service, key, text);
    if (wrong !== undefined) throw new WrongPlace([...place, key], wrong);
    return [key, text] as const;
  });
  return checkOrigins(Object.fromEntries(read) as FileAccount['settings'], place, service);
}

function settingComplaint(service: LoadedService, key: string, value: unknown): string | undefined {
  const field = getFields(service).find((each) => each.key === key);
  if (!field) return l10n.t('"{0}" is unknown.', cleanLine(key).slice(0, 100));
  if (field.secret) return l10n.t('"{0}" is a secret and cannot be stored in the settings.', key);
  if (typeof value !== 'string' || value.length > MAX_SETTING_CHARS)
    return l10n.t('"{0}" must be a text of at most {1} characters.', key, MAX_SETTING_CHARS);
  const validationMessage = value === '' ? undefined : field.validate(value);
  return validationMessage === undefined ? undefined : `${field.label}: ${validationMessage}`;
}

function checkOrigins(
  settings: FileAccount['settings'],
  place: Place,
  service: LoadedService,
): FileAccount['settings'] {
  try {
    service.origins(settings);
    return settings;
  } catch (error) {
    throw new WrongPlace(place, expectError(error, HttpError).message);
  }
}

/** What importing an account would do. */
export interface PlannedAccount {
  readonly account: FileAccount;
  readonly service: LoadedService;
  /** Where its secrets will be sent. */
  readonly origins: readonly string[];
  /** The account with the same settings that exists, or comes before it in the file. */
  readonly twin?: string;
  /** The name that it gets, because its own is taken. */
  readonly newName?: string;
}

/** Says what importing each account would do. Nothing that exists is ever changed. */
export function planImport(
  accounts: readonly FileAccount[],
  existing: readonly Account[],
  services: readonly LoadedService[],
): readonly PlannedAccount[] {
  const known: FileAccount[] = existing.filter(({ sample }) => !sample);
  const taken = existing.map(({ name }) => name);
  return accounts.flatMap((account) => {
    const service = services.find(({ id }) => id === account.service);
    if (!service) return [];
    const twin = known.find((other) => isSame(other, account, service));
    const name = uniqueName(account.name, taken);
    known.push(account);
    if (!twin) taken.push(name);
    return [
      {
        ...{ account, service, origins: [...new Set(service.origins(account.settings))] },
        ...(twin && { twin: twin.name }),
        ...(name !== account.name && { newName: name }),
      },
    ];
  });
}

/** True if both sign in to the same place as the same one, whatever their names. */
function isSame(one: FileAccount, other: FileAccount, { id, origins }: LoadedService): boolean {
  if (one.service !== id || other.service !== id) return false;
  const isSet = ([, value]: readonly [string, string]): boolean => value !== '';
  // Addresses may be written in several ways.
  const rest = ({ settings }: FileAccount): object =>
    Object.fromEntries(
      Object.entries(settings).filter((entry) => isSet(entry) && !/^https?:/i.test(entry[1])),
    );
  const to = ({ settings }: FileAccount): readonly string[] | undefined => safely(() => origins(settings));
  return isDeepStrictEqual(rest(one), rest(other)) && sameOrigins(to(one) ?? ['one'], to(other) ?? []);
}
