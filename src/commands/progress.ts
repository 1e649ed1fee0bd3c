import * as vscode from 'vscode';
import { views } from '../manifest';

/** Runs work with the progress bar of the view. */
export function inView<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return withProgress({ location: { viewId: views.connections } }, work);
}

/** Tells in the notification how far the work has come. */
export type Report = (message: string) => void;

/** Runs longer work with a notification that names it and can cancel it. */
export function inNotification<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  return withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, work);
}

async function withProgress<T>(
  options: vscode.ProgressOptions,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const registration = token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      return await work(controller.signal, (message) => {
        progress.report({ message });
      });
    } finally {
      registration.dispose();
    }
  });
}
