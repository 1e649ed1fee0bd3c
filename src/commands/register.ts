import * as vscode from 'vscode';
import { tellError } from '../accounts/tell';
import { actionCommands, commands } from '../manifest';
import type { Handler } from './handler';

const all = { ...commands, ...actionCommands };

/** A handler for every command of the manifest: a missing one does not compile. */
export type Handlers = Readonly<Record<keyof typeof all, Handler>>;

/** Registers all commands. What a handler throws is shown to the user; a cancellation is no failure. */
export function registerCommands(handlers: Handlers): vscode.Disposable {
  const names = Object.keys(all) as (keyof typeof all)[];
  const showLog = { title: vscode.l10n.t('Show Log'), run: () => handlers.showLog() };
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(all[name], async (path?: unknown, paths?: unknown) => {
        try {
          await handlers[name](path, paths);
        } catch (error) {
          if (!(error instanceof Error && error.name === 'AbortError')) tellError(error, showLog);
        }
      }),
    ),
  );
}
