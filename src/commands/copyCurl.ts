import * as vscode from 'vscode';
import type { Store } from '../store/store';
import { nameOf } from '../tree/nameOf';
import { showStatusMessage } from '../ui/messages';
import { showQuickPick } from '../ui/quickInput';
import { curlCommand } from './curlCommand';
import type { Handler } from './handler';
import { forEachRow } from './forEachRow';
import { identified } from './kinds';
import { offeredShells, shellNamed, type Shell } from './shells';
import { tellLeftOut, type Targets } from './targets';

/**
 * Copies the requests that read the selected resources as commands for the shell of the default terminal, one after the
 * other, with environment variables for every secret.
 */
export function copyCurl(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const resources = await targets.some(identified, path, paths, vscode.l10n.t('Copy the request for'));
    const recipes = await forEachRow(vscode.l10n.t('Copy as cURL'), resources, async (resource) => ({
      ...{ resource, recipe: (await store.session(resource.path)).recipe(resource) },
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
        : vscode.l10n.t('Copied cURL command for {0} ({1})', nameOf(first.resource), shell.title),
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
  const placeHolder = vscode.l10n.t('Select the shell that the command is for');
  return (await showQuickPick(items, { title, placeHolder }))?.shell;
}
