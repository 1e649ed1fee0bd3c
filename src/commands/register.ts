import * as vscode from 'vscode';
import { tellError } from '../accounts/tell';
import { isAbort } from '../http/abort';
import { HttpError } from '../http/errors';
import { redact } from '../http/redact';
import { commands } from '../manifest';
import type { Handler } from './handler';

/** A handler for every command of the manifest: a missing one does not compile. */
export type Handlers = Readonly<Record<keyof typeof commands, Handler>>;

/**
 * Registers all commands. What a handler throws is shown to the user; a cancellation is no failure.
 * @param log gets the errors that are none of ours, for of those the user is told nothing but to look there.
 */
export function registerCommands(
  handlers: Handlers,
  log: Pick<vscode.LogOutputChannel, 'error'>,
): vscode.Disposable {
  const names = Object.keys(commands) as (keyof typeof commands)[];
  const showLog = { title: vscode.l10n.t('Show Log'), run: () => handlers.showLog() };
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commands[name], async (path?: unknown, paths?: unknown) => {
        try {
          await handlers[name](path, paths);
        } catch (error) {
          if (isAbort(error)) return;
          if (!(error instanceof HttpError)) log.error(redact(stackOf(error), []));
          tellError(error, showLog);
        }
      }),
    ),
  );
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
