/**
 * Every notification, modal dialog, progress and status bar text of the extension. Lint forbids the calls of
 * `vscode.window` elsewhere: texts from services, colleagues and other extensions must pass {@link inertText}.
 */
import * as vscode from 'vscode';
import { inertLabel, inertText } from './inertText';

type ShowMessage = (
  message: string,
  options: vscode.MessageOptions,
  ...buttons: Button[]
) => Thenable<Button | undefined>;

interface Button extends vscode.MessageItem {
  /** What the caller passed. */
  readonly value: string;
}

/** @returns the title of the button that was pressed, or undefined if the notification was closed. */
export function showInformation(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return show(vscode.window.showInformationMessage, message, {}, buttons);
}

/** As {@link showInformation}. */
export function showWarning(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return show(vscode.window.showWarningMessage, message, {}, buttons);
}

/** As {@link showInformation}. */
export function showError(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return show(vscode.window.showErrorMessage, message, {}, buttons);
}

/** A question that blocks the window. */
export interface Question {
  readonly message: string;
  readonly detail?: string;
  /** Only informs, and does not warn. */
  readonly informs?: boolean;
  readonly buttons: readonly string[];
  /** The button that changes nothing. VS Code's own Cancel where it is absent. */
  readonly cancel?: string;
}

/** Asks in a modal dialog. @returns the title of the button that was pressed, or undefined for the one that cancels. */
export async function ask({
  message,
  detail = '',
  informs = false,
  buttons,
  cancel,
}: Question): Promise<string | undefined> {
  const showMessage = informs ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const options = { modal: true, detail: inertText(detail) };
  const pressed = await show(showMessage, message, options, buttons, cancel);
  return pressed === cancel ? undefined : pressed;
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

async function show(
  showMessage: ShowMessage,
  message: string,
  options: vscode.MessageOptions,
  titles: readonly string[],
  cancel?: string,
): Promise<string | undefined> {
  const buttons: readonly Button[] = [...titles, ...(cancel === undefined ? [] : [cancel])].map((value) => ({
    ...{ title: inertText(value), value },
    isCloseAffordance: value === cancel,
  }));
  return (await showMessage(inertText(message), options, ...buttons))?.value;
}
