import * as vscode from 'vscode';
import { inertLabel, inertText } from './inertText';
import { placedProblemText, errorText } from '../core/services/common/problem';
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
  /** What the caller passed; undefined for the button that changes nothing. */
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

/** A modal dialog. */
export interface Question {
  readonly message: string;
  readonly detail?: string;
  /** True for information, not a warning. */
  readonly informs?: boolean;
  readonly buttons: readonly string[];
  /**
   * True if no button changes or sends anything. Otherwise a button that changes nothing comes first, because
   * VS Code preselects the first one, and Enter may be pressed by mistake.
   */
  readonly harmless?: boolean;
  /** The label of that button; default: Leave Unchanged. */
  readonly keep?: string;
  /** The label of the button that closes the dialog; default: VS Code's Cancel. */
  readonly cancel?: string;
}

/**
 * Asks in a modal dialog. @returns the label of the pressed button; undefined for one that changes nothing.
 */
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

/** Shows a confirmation in the status bar for three seconds. */
export function showStatusMessage(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${inertLabel(text)}`, 3000);
}

/** Reports the progress of work. */
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

/** A remedy for an error. */
export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** Shows an error as a notification, with remedies as buttons. Does not wait for the user. */
export function reportError(error: unknown, ...actions: readonly Action[]): void {
  const titles = actions.map(({ title }) => title);
  void showError(errorText(error), ...titles).then((chosen) =>
    actions.find(({ title }) => title === chosen)?.run(),
  );
}

/** Shows a warning about a successful sign-in. */
export function reportWarning(warning: Problem | undefined): void {
  if (warning) void showWarning(placedProblemText(warning));
}
