import * as vscode from 'vscode';
import { idLines } from '../../ui/idLines';
import { getName } from '../../ui/text';
import { showStatusMessage, showWarning } from '../../ui/messages';
import { copyLines, type Targets, tellLeftOut } from '../../ui/commands/targets';
import type { Handler } from '../../ui/commands/register';
import { kindsThat } from '../../shared/kinds';
import type { Store } from '../../core/store/store';
import { cleanLine } from '../../shared/plainText';
import { formatJson, withoutSchemaReference } from '../../core/services/common/jsonText';
import { forEachRow } from '../../ui/commands/rows';
import { showQuickPick } from '../../ui/quickInput';
import { curlCommand, offeredShells, shellNamed, type Shell } from './curl';

/** Copies the ids of the selected resources, one a line; by its key those at the focus. */
export function copyId(targets: Targets): Handler {
  return async (path, paths) => {
    const atFocus = await targets.atFocus(kindsThat('hasId'), path);
    if (atFocus?.length === 0) {
      showStatusMessage(vscode.l10n.t('This row has no ID'));
      return;
    }
    const resources =
      atFocus ?? (await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Copy ID of')));
    await copyLines(idLines(resources), () =>
      resources.length === 1
        ? vscode.l10n.t('Copied ID of {0}', ...resources.map(getName))
        : vscode.l10n.t('Copied {0} IDs', resources.length),
    );
  };
}

/** Copies the ids without the prefix that the service puts before them (`dg_`), one a line. */
export function copyShortId(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const resources = await targets.some(
      kindsThat('hasId'),
      path,
      paths,
      vscode.l10n.t('Copy ID without prefix of'),
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

/** Copies the names of the selected resources as rows show them, one a line. */
export function copyName(targets: Targets): Handler {
  return async (path, paths) => {
    const resources = await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Copy name of'));
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

/**
 * Copies the JSON of the selected resources as the service sends it; of several, as a list. Only no reference to a schema is
 * left in it: an editor into which it is pasted would follow that.
 */
export function copyJson(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const resources = await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Copy JSON of'));
    if (resources.length === 0) return;
    const title = vscode.l10n.t('Copy JSON');
    const texts = await forEachRow(title, resources, ({ path: of }, signal) =>
      store.read(of, signal, { asked: true }),
    );
    if (texts.length === 0) return;
    const inert = texts.map(withoutSchemaReference);
    const text = resources.length === 1 ? inert.join('') : `[${inert.join(',')}]`;
    await vscode.env.clipboard.writeText(formatJson(text, { insertSpaces: true, tabSize: 2 }));
    showStatusMessage(
      resources.length === 1
        ? vscode.l10n.t('Copied JSON of {0}', ...resources.map(getName))
        : vscode.l10n.t('Copied JSON of {0} resources', texts.length),
    );
  };
}

/**
 * Copies the requests that read the selected resources as commands for the shell of the default terminal, one after the
 * other, with environment variables for every secret.
 */
export function copyCurl(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const resources = await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Copy request for'));
    const recipes = await forEachRow(vscode.l10n.t('Copy as cURL'), resources, async (resource) => ({
      ...{ resource, recipe: (await store.session(resource.path)).requestTemplate(resource) },
    }));
    const copied = recipes.flatMap(({ resource, recipe }) => (recipe ? [{ resource, recipe }] : []));
    const [first, ...others] = copied;
    if (!first) return;
    tellLeftOut(recipes.filter(({ recipe }) => !recipe).map(({ resource }) => resource));
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

/** The shell of the default terminal profile; undefined where it cannot be told, or quotes in a way of its own. */
function terminalShell(): Shell | undefined {
  const names = [...profileNames(), vscode.env.shell];
  return names.map((name) => shellNamed(name)).find((shell) => shell !== undefined);
}

/** What the settings say of the default terminal profile of this platform, the most telling first. */
function profileNames(): readonly string[] {
  const system = SYSTEMS[process.platform] ?? 'linux';
  const terminal = vscode.workspace.getConfiguration('terminal.integrated');
  const name = terminal.get<unknown>(`defaultProfile.${system}`);
  if (typeof name !== 'string') return [];
  const profile = terminal.get<Readonly<Record<string, unknown>>>(`profiles.${system}`)?.[name];
  return [...textsIn(profile, 'path'), ...textsIn(profile, 'source'), name];
}

/** As settings of the terminal name systems. */
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows', darwin: 'osx' };

/** A member of a profile: a text, or a list of them. */
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
