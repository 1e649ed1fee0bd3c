import * as vscode from 'vscode';
import { tellError, type Action } from '../errorMessages';
import { accountToEdit } from '../../core/services/common/problem';
import { isAbort } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import type { Log } from '../log';
import { actionCommands, commands } from '../../shared/contributions';

const all = { ...commands, ...actionCommands };

/** A handler for every command of the manifest: a missing one does not compile. */
export type Handlers = Readonly<Record<keyof typeof all, Handler>>;

/**
 * Registers all commands. What a handler throws is shown to the user; a cancellation is no failure.
 * @param load gives the handlers; called by the first command alone.
 * @param log gets the errors that are none of ours, for of those the user is told nothing but to look there.
 */
export function registerCommands(
  load: () => Promise<Handlers>,
  log: Pick<Log, 'unexpected'>,
): vscode.Disposable {
  const names = Object.keys(all) as (keyof typeof all)[];
  let handlers: Promise<Handlers> | undefined;
  const run = async (name: keyof typeof all, path?: unknown, paths?: unknown): Promise<void> => {
    handlers ??= load();
    await (await handlers)[name](path, paths);
  };
  const remedies = (error: unknown): readonly Action[] => {
    const account = accountToEdit(error);
    const title = vscode.l10n.t('Edit Account');
    const edit = { title, run: () => vscode.commands.executeCommand(commands.editAccount, account) };
    return [
      ...(account === undefined ? [] : [edit]),
      { title: vscode.l10n.t('Show Log'), run: () => run('showLog') },
    ];
  };
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(all[name], async (path?: unknown, paths?: unknown) => {
        try {
          await run(name, path, paths);
        } catch (error) {
          if (isAbort(error)) return;
          if (!(error instanceof HttpError)) void log.unexpected(name, error);
          tellError(error, ...remedies(error));
        }
      }),
    ),
  );
}

/**
 * What a command does. The tree hands over the path it was called on and, where several are selected, all of them;
 * the palette and key bindings hand over nothing; other extensions may hand over anything.
 */
export type Handler = (path?: unknown, paths?: unknown) => void | Promise<void>;
