import * as vscode from 'vscode';
import { commands } from '../manifest';
import type { Handler } from './handler';
import { report } from './report';

/** A handler for every command of the manifest: a missing one does not compile. */
export type Handlers = Readonly<Record<keyof typeof commands, Handler>>;

/** Registers all commands. What a handler throws is shown to the user. */
export function registerCommands(handlers: Handlers): vscode.Disposable {
  const names = Object.keys(commands) as (keyof typeof commands)[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commands[name], async (path?: unknown, paths?: unknown) => {
        try {
          await handlers[name](path, paths);
        } catch (error) {
          await report(error);
        }
      }),
    ),
  );
}
