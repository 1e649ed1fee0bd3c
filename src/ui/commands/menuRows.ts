import * as vscode from 'vscode';
import { showInformation } from '../messages';
import type { Command, Handler, RunHandler } from './commandTable';

/**
 * Refuses a call from the menu of a row that VS Code does not know at the moment. While a row is redrawn, VS Code has
 * forgotten the rows below it, and passes undefined for them. A command that got nothing would act on the selected row,
 * which is another one.
 */
export function ofKnownRows<Context>(
  { rows, inTitleBar }: Pick<Command<Context>, 'rows' | 'inTitleBar'>,
  handler: Handler,
): RunHandler {
  return (args) => {
    const [path, paths] = args;
    if (rows !== 'none' && isUnknown(args, inTitleBar ?? false)) {
      void showInformation(vscode.l10n.t('Nothing was done because the row was being updated. Try again.'));
      return;
    }
    return handler(path, paths);
  };
}

/** Menus pass the row and the selected rows; palette and key bindings pass less. */
function isUnknown(args: readonly unknown[], inTitleBar: boolean): boolean {
  const [path, paths] = args;
  if (Array.isArray(paths)) return paths.some((each) => each === undefined || each === null);
  return args.length > 1 && path === undefined && !inTitleBar;
}
