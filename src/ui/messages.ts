import * as vscode from 'vscode';
import { inertLabel, inertText } from './inertText';
import { toProblem, placedProblemText } from '../core/services/common/problem';
import type { Problem } from '../core/services/contract/resource';

/**
 * Every notification, modal dialog, progress and status bar text of the extension. Lint forbids the calls of
 * `vscode.window` elsewhere: texts from services, colleagues and other extensions must pass {@link inertText}.
 */

type ShowMessage = (
  message: string,
  options: vscode.MessageOptions,
  ...buttons: Button[]
) => Thenable<Button | undefined>;

interface Button extends vscode.MessageItem {
  /** What the caller passed; undefined for the button that keeps all as it is. */
  readonly value: string | undefined;
}

/** @returns the title of the button that was pressed, or undefined if the notification was closed. */
export function showInformation(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return notify(vscode.window.showInformationMessage, message, buttons);
}

/** As {@link showInformation}. */
export function showWarning(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return notify(vscode.window.showWarningMessage, message, buttons);
}

/** As {@link showInformation}. */
export function showError(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return notify(vscode.window.showErrorMessage, message, buttons);
}

/** A question that blocks the window. */
export interface Question {
  readonly message: string;
  readonly detail?: string;
  /** Only informs, and does not warn. */
  readonly informs?: boolean;
  readonly buttons: readonly string[];
  /**
   * True where no button changes or sends anything. Otherwise a button that keeps all as it is comes before the others:
   * VS Code preselects the first one, and Enter may be pressed by mistake.
   */
  readonly harmless?: boolean;
  /** The title of that button, where another one says more. */
  readonly keep?: string;
  /** The title of the button that closes the question. VS Code's own Cancel where it is absent. */
  readonly cancel?: string;
}

/** Asks in a modal dialog. @returns the title of the button that was pressed; undefined for one that changes nothing. */
export async function ask({
  message,
  detail = '',
  informs = false,
  buttons,
  harmless = false,
  keep = vscode.l10n.t('Leave Unchanged'),
  cancel,
}: Question): Promise<string | undefined> {
  const showMessage = informs ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const options = { modal: true, detail: inertText(detail) };
  const kept = harmless ? [] : [{ ...toButton(keep), value: undefined }];
  const closing =
    cancel === undefined ? [] : [{ ...toButton(cancel), value: undefined, isCloseAffordance: true }];
  return show(showMessage, message, options, [...kept, ...buttons.map(toButton), ...closing]);
}

/** Says in the status bar for three seconds that something small was done. */
export function showStatusMessage(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${inertLabel(text)}`, 3000);
}

/** Shows how far work has come. */
export type ReportProgress = (message: string) => void;

/**
 * Runs work with a progress indicator.
 * @param work gets a signal that is aborted when the user cancels.
 * @throws what the work throws.
 */
export async function withProgress<T>(
  options: vscode.ProgressOptions,
  work: (signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  const title = options.title === undefined ? {} : { title: inertText(options.title) };
  return vscode.window.withProgress({ ...options, ...title }, async (progress, token) => {
    const controller = new AbortController();
    const registration = token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      return await work(controller.signal, (message) => {
        progress.report({ message: inertText(message) });
      });
    } finally {
      registration.dispose();
    }
  });
}

function notify(
  showMessage: ShowMessage,
  message: string,
  titles: readonly string[],
): Promise<string | undefined> {
  return show(showMessage, message, {}, titles.map(toButton));
}

async function show(
  showMessage: ShowMessage,
  message: string,
  options: vscode.MessageOptions,
  buttons: readonly Button[],
): Promise<string | undefined> {
  return (await showMessage(inertText(message), options, ...buttons))?.value;
}

function toButton(title: string): Button {
  return { title: inertText(title), value: title };
}

/** Something to do about a message. */
export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** Shows an error as a message that does not block, with what can be done about it. Does not wait for the user. */
export function tellError(error: unknown, ...actions: readonly Action[]): void {
  const titles = actions.map(({ title }) => title);
  void showError(placedProblemText(toProblem(error)), ...titles).then((chosen) =>
    actions.find(({ title }) => title === chosen)?.run(),
  );
}

/** Shows what the user should know although signing in worked. */
export function tellWarning(warning: Problem | undefined): void {
  if (warning) void showWarning(placedProblemText(warning));
}
