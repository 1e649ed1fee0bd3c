import manifest from '../../../package.json';
import texts from '../../../package.nls.json';
import { loadedServices } from '../../support/loadedServices';
import type { LoadedService } from '../../../src/core/services/contract/service';
import type { Field } from '../../../src/core/services/contract/signIn';
import { readCommandTables, type DocumentedCommand } from './commandTables';
import { contributionsSource } from './contributions';
import { toCells, toLine } from './markdown';

/**
 * The files with parts that are generated from the manifest, the command tables and the sign-in forms. Each
 * function returns the updated text of its file.
 */
export const generatedFiles: Readonly<Record<string, (text: string) => string>> = {
  'src/shared/contributions.ts': () => contributionsSource(manifest),
  'docs/commands.md': (text) => withCommands(text),
  'docs/settings.md': (text) => withBlock(text, 'settings', settingsTable()),
  'docs/language-model-tools.md': (text) => withBlock(text, 'tools', toolsTable()),
  ...Object.fromEntries(
    loadedServices().map((service) => [
      `docs/sign-in/${service.id}.md`,
      (text: string) => withBlock(text, 'account keys', accountKeysTable(service)),
    ]),
  ),
};

const PREFIX = 'connectionsExplorer.';

/** Replaces the lines between the two comments that enclose a generated part. */
function withBlock(text: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- generated: ${name} -->`;
  const end = '<!-- /generated -->';
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The page has no part "${name}".`);
  return [text.slice(0, from + begin.length), '', ...lines, '', text.slice(to)].join('\n');
}

/**
 * Updates each row of the command tables in a text, by the ID in its last cell. A command without a row gets
 * one below the command that precedes it in its feature's table.
 */
export function withCommands(
  text: string,
  documented: readonly DocumentedCommand[] = readCommandTables(),
): string {
  const declared = new Map(
    manifest.contributes.commands.map((each) => [each.command.slice(PREFIX.length), each]),
  );
  const getTitle = ({ name }: DocumentedCommand): string => {
    const command = declared.get(name);
    return (command && 'shortTitle' in command ? command.shortTitle : command?.title) ?? '';
  };
  const rows = documented.filter(({ name }) => declared.has(name));
  const lines = text.trimEnd().split('\n');
  const known = new Set(lines.map(nameIn));
  const rowsAfter = (at: number): readonly string[] => {
    const row = rows[at];
    if (!row) return [];
    const next = rows[at + 1];
    const follows = next?.file === row.file && !known.has(next.name);
    return [commandLine(row, getTitle(row)), ...(follows ? rowsAfter(at + 1) : [])];
  };
  const updated = lines.flatMap((line) => {
    const name = nameIn(line);
    return name === undefined ? [line] : rowsAfter(rows.findIndex((row) => row.name === name));
  });
  const placed = new Set(updated.map(nameIn));
  const others = rows.filter(({ name }) => !placed.has(name));
  return [...updated, ...others.map((row) => commandLine(row, getTitle(row))), ''].join('\n');
}

/** The name of the command of a row; undefined for any other line. */
function nameIn(line: string): string | undefined {
  return /^`(\w+)`$/.exec(toCells(line)?.[3] ?? '')?.[1];
}

function commandLine({ name, description }: DocumentedCommand, title: string): string {
  return toLine([getText(title), description, getPlaces(PREFIX + name), `\`${name}\``]);
}

/** The menus that offer a command besides the Command Palette, and its key bindings. */
function getPlaces(command: string): string {
  const { menus, submenus, viewsWelcome, keybindings } = manifest.contributes;
  const places = [
    ...viewsWelcome.flatMap(({ contents }) =>
      getText(contents).includes(`(command:${command})`) ? ['welcome view'] : [],
    ),
    ...menus['view/title'].filter(appliesTo(command)).map(viewTitlePlace),
    ...menus['view/item/context'].filter(appliesTo(command)).map(rowPlace),
    ...submenus.flatMap(({ id, label }) =>
      getItems(id).some(appliesTo(command)) ? [`context menu (${getText(label)})`] : [],
    ),
    ...menus['editor/title'].filter(appliesTo(command)).map(() => 'editor title bar'),
    ...menus['editor/context'].filter(appliesTo(command)).map(() => 'editor context menu'),
    ...keybindings
      .filter(appliesTo(command))
      .map(({ key, mac }) => `${keyName(key)} (macOS ${keyName(mac)})`),
  ];
  return [...new Set(places)].join(', ');
}

interface MenuItem {
  readonly command?: string;
  readonly when: string;
  readonly group: string;
}

/** The items of a submenu. */
function getItems(submenu: string): readonly Pick<MenuItem, 'command'>[] {
  const { menus } = manifest.contributes;
  return (
    Object.entries<readonly Pick<MenuItem, 'command'>[]>(menus).find(([id]) => id === submenu)?.[1] ?? []
  );
}

function appliesTo(command: string): (item: { readonly command?: string }) => boolean {
  return (item) => item.command === command;
}

function viewTitlePlace({ when, group }: MenuItem): string {
  return `${getView(when)} ${group.startsWith('navigation') ? 'title bar' : 'menu'}`;
}

function rowPlace({ when, group }: MenuItem): string {
  const place = group.startsWith('inline') ? 'button on the row' : 'context menu';
  return getView(when) === 'Runs' ? `${place} in Runs` : place;
}

/** The name of the view in a when-clause. */
function getView(when: string): string {
  const id = /\bview == ([\w.]+)/.exec(when)?.[1];
  const view = manifest.contributes.views.connectionsExplorer.find((each) => each.id === id);
  return getText(view?.name ?? '');
}

/** A key as VS Code's documentation writes it: `Ctrl+K L`. */
function keyName(key: string): string {
  return `\`${key.replaceAll(/(^|\+| )\w/g, (letter) => letter.toUpperCase())}\``;
}

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly description: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

function settingsTable(): readonly string[] {
  const settings: Readonly<Record<string, Setting>> = manifest.contributes.configuration.properties;
  return [
    toLine(['Setting', 'Default', 'Description', 'Set for']),
    toLine(['---', '---', '---', '---']),
    ...Object.entries(settings).map(([name, setting]) =>
      toLine([
        `\`${name}\``,
        `\`${textOfDefault(setting.default)}\``,
        [getText(setting.description), ...getValues(setting)].join(' '),
        setting.scope === 'language-overridable' ? 'user, workspace, language' : 'user',
      ]),
    ),
  ];
}

function textOfDefault(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The allowed values of a setting, as sentences. */
function getValues({
  minimum,
  maximum,
  enum: values = [],
  enumDescriptions = [],
}: Setting): readonly string[] {
  if (minimum !== undefined) return [`From ${minimum} to ${String(maximum)}.`];
  return values.map((value, index) => `\`${value}\`: ${getText(enumDescriptions[index] ?? '')}`);
}

function toolsTable(): readonly string[] {
  return [
    toLine(['Tool', 'In a prompt', 'What it does']),
    toLine(['---', '---', '---']),
    ...manifest.contributes.languageModelTools.map(({ name, toolReferenceName, userDescription }) =>
      toLine([`\`${name}\``, `\`#${toolReferenceName}\``, getText(userDescription)]),
    ),
  ];
}

/** The keys of settings and secrets of a service, as `accounts.add` of the API takes them. */
function accountKeysTable(service: LoadedService): readonly string[] {
  const fields = [...service.methods.flatMap((method) => method.fields), ...service.options];
  const first = new Map([...fields].reverse().map((field) => [field.key, field]));
  const keys = [...new Set(fields.map(({ key }) => key))];
  return [
    toLine(['Key', 'Field', 'Kind', 'Required', 'Description']),
    toLine(['---', '---', '---', '---', '---']),
    ...keys.flatMap((key) => {
      const field = first.get(key);
      return field ? [accountKeyLine(service, field)] : [];
    }),
  ];
}

function accountKeyLine({ methods }: LoadedService, field: Field): string {
  const required = methods.filter(({ fields }) =>
    fields.some(({ key, optional, default: value }) => key === field.key && !optional && value === undefined),
  );
  const titles = required.map(({ title }) => title).join(', ');
  return toLine([
    `\`${field.key}\``,
    field.label,
    field.secret ? 'secret' : 'setting',
    required.length === 0 ? 'no' : required.length === methods.length ? 'yes' : `for ${titles}`,
    [field.prompt, ...(field.default === undefined ? [] : [`Default: \`${field.default}\`.`])].join(' '),
  ]);
}

/** The English text of a manifest placeholder. */
function getText(placeholder: string): string {
  const known: Readonly<Record<string, string>> = texts;
  return known[placeholder.slice(1, -1)] ?? placeholder;
}
