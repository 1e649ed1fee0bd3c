import * as vscode from 'vscode';
import { idLines } from '../../ui/idLines';
import { getName } from '../../ui/text';
import { showStatusMessage, showWarning } from '../../ui/messages';
import { copyLines, type Targets, reportLeftOut } from '../../ui/commands/targets';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { kindsThat } from '../../shared/kinds';
import type { Store } from '../../core/store/store';
import { cleanLine } from '../../shared/plainText';
import { formatJson, withoutSchemaReference } from '../../core/services/common/jsonText';
import { forEachRow } from '../../ui/commands/rows';
import { showQuickPick } from '../../ui/quickInput';
import { curlCommand, offeredShells, shellNamed, type Shell } from './curl';

interface CopyContext {
  readonly targets: Targets;
  readonly store: Store;
}

/** Commands that copy something of rows. */
export const copyCommands = {
  /** Copies the IDs of the selected rows, one per line. The shortcut copies the ID of the focused row. */
  copyId: { rows: 'several', handler: copyId },
  /** Adobe CJA: copies the IDs of connections without `dg_`. */
  copyShortId: { rows: 'several', handler: copyShortId },
  /** Copies the names, one per line. */
  copyName: { rows: 'several', handler: copyName },
  /** Copies the JSON as the service sent it, without references to schemas. Several rows become a list. */
  copyJson: { rows: 'several', handler: copyJson },
  /**
   * Copies the request, quoted for the shell of the default terminal. Variables such as `$ACCESS_TOKEN` stand in for
   * your secrets.
   */
  copyCurl: { rows: 'several', handler: copyCurl },
} satisfies CommandTable<CopyContext>;

function copyId({ targets }: CopyContext): Handler {
  return async (path, paths) => {
    const atFocus = await targets.atFocus(kindsThat('hasId'), path);
    if (atFocus?.length === 0) {
      showStatusMessage(vscode.l10n.t('This row has no ID'));
      return;
    }
    const resources =
      atFocus ?? (await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Copy ID')));
    await copyLines(idLines(resources), () =>
      resources.length === 1
        ? vscode.l10n.t('Copied ID of {0}', ...resources.map(getName))
        : vscode.l10n.t('Copied {0} IDs', resources.length),
    );
  };
}

function copyShortId({ targets, store }: CopyContext): Handler {
  return async (path, paths) => {
    const resources = await targets.some(
      kindsThat('hasId'),
      path,
      paths,
      vscode.l10n.t('Copy ID without Prefix'),
    );
    const shortened = await Promise.all(
      resources.map(async (resource) => {
        const session = await store.session(resource.path);
        return { ...resource, id: session.shortId?.(resource) ?? resource.id };
      }),
    );
    await copyLines(idLines(shortened), () =>
      shortened.length === 1
        ? vscode.l10n.t('Copied ID without prefix of {0}', ...shortened.map(getName))
        : vscode.l10n.t('Copied {0} IDs without prefix', shortened.length),
    );
  };
}

function copyName({ targets }: CopyContext): Handler {
  return async (path, paths) => {
    const resources = await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Copy Name'));
    const named = resources.filter(({ label }) => cleanLine(label) !== '');
    if (resources.length > 0 && named.length === 0) void showWarning(vscode.l10n.t('No name to copy.'));
    await copyLines(
      named.map(({ label }) => cleanLine(label)),
      () =>
        named.length === 1
          ? vscode.l10n.t('Copied name {0}', ...named.map(getName))
          : vscode.l10n.t('Copied {0} names', named.length),
    );
  };
}

/** References to schemas are left out because an editor would load them when the JSON is pasted. */
function copyJson({ targets, store }: CopyContext): Handler {
  return async (path, paths) => {
    const resources = await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Copy JSON'));
    if (resources.length === 0) return;
    const title = vscode.l10n.t('Copy JSON');
    const texts = await forEachRow(title, resources, ({ path: of }, signal) =>
      store.read(of, signal, { asked: true }),
    );
    if (texts.length === 0) return;
    const inert = texts.map(withoutSchemaReference);
    const text = resources.length === 1 ? inert.join('') : `[${inert.join(',')}]`;
    await vscode.env.clipboard.writeText(formatJson(text));
    showStatusMessage(
      resources.length === 1
        ? vscode.l10n.t('Copied JSON of {0}', ...resources.map(getName))
        : vscode.l10n.t('Copied JSON of {0} resources', texts.length),
    );
  };
}

function copyCurl({ targets, store }: CopyContext): Handler {
  return async (path, paths) => {
    const resources = await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Copy as cURL'));
    const recipes = await forEachRow(vscode.l10n.t('Copy as cURL'), resources, async (resource) => ({
      resource,
      recipe: (await store.session(resource.path)).requestTemplate(resource),
    }));
    const copied = recipes.flatMap(({ resource, recipe }) => (recipe ? [{ resource, recipe }] : []));
    const [first, ...others] = copied;
    if (!first) return;
    reportLeftOut(recipes.filter(({ recipe }) => !recipe).map(({ resource }) => resource));
    const shell = terminalShell() ?? (await chooseShell());
    if (!shell) return;
    const commands = copied.map(({ recipe }) =>
      curlCommand(recipe, shell.family, process.platform === 'win32'),
    );
    await vscode.env.clipboard.writeText(commands.join('\n'));
    showStatusMessage(
      others.length > 0
        ? vscode.l10n.t('Copied {0} cURL commands ({1})', copied.length, shell.title)
        : vscode.l10n.t('Copied cURL command for {0} ({1})', getName(first.resource), shell.title),
    );
  };
}

/** The shell of the default terminal profile; undefined if it is unknown, or has quoting rules that we do not support. */
function terminalShell(): Shell | undefined {
  const names = [...profileNames(), vscode.env.shell];
  return names.map((name) => shellNamed(name)).find((shell) => shell !== undefined);
}

/** The settings of the default terminal profile of this platform that may name its shell, the most specific first. */
function profileNames(): readonly string[] {
  const system = SYSTEMS[process.platform] ?? 'linux';
  const terminal = vscode.workspace.getConfiguration('terminal.integrated');
  const name = terminal.get<unknown>(`defaultProfile.${system}`);
  if (typeof name !== 'string') return [];
  const profile = terminal.get<Readonly<Record<string, unknown>>>(`profiles.${system}`)?.[name];
  return [...textsIn(profile, 'path'), ...textsIn(profile, 'source'), name];
}

/** The names of platforms in the settings of the terminal. */
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows', darwin: 'osx' };

/** The texts of a member of a profile, which is a text or a list of texts. */
function textsIn(profile: unknown, member: 'path' | 'source'): readonly string[] {
  if (typeof profile !== 'object' || profile === null) return [];
  const value: unknown = Reflect.get(profile, member);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((text) => typeof text === 'string');
}

async function chooseShell(): Promise<Shell | undefined> {
  const items = offeredShells.map((shell) => ({ label: shell.title, shell }));
  const title = vscode.l10n.t('Copy as cURL');
  const placeHolder = vscode.l10n.t('Select a shell for the command');
  return (await showQuickPick(items, { title, placeHolder }))?.shell;
}
