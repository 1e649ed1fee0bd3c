import * as vscode from 'vscode';
import { reportError, type Action } from '../messages';
import { accountToEdit } from '../../core/services/common/problem';
import { isAbort } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import type { Log } from '../log';
import { commands, type CommandName } from '../../shared/contributions';
import type { Handlers } from './commandTable';

/** Runs a command with what its caller passed. Never throws. */
export type RunCommand = (name: CommandName, args?: readonly unknown[]) => Promise<void>;

/**
 * Runs commands. Errors of handlers are shown to the user, except for cancellations.
 * @param load loads the handlers. Called once, by the first command.
 * @param log gets unexpected errors, whose details the user does not see otherwise.
 */
export function commandRunner(load: () => Promise<Handlers>, log: Pick<Log, 'unexpected'>): RunCommand {
  let handlers: Promise<Handlers> | undefined;
  const run: RunCommand = async (name, args = []) => {
    handlers ??= load();
    await (await handlers)[name](args);
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
  return async (name, args) => {
    try {
      await run(name, args);
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof HttpError)) void log.unexpected(name, error);
      reportError(error, ...remedies(error));
    }
  };
}
