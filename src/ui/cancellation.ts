import * as vscode from 'vscode';
import type { CancellationToken } from 'vscode';
import type { CallOptions } from '../core/http/types';
import { withProgress, type ReportProgress } from './messages';
import { views } from '../shared/contributions';

/**
 * Requests something from a service, with progress that the user can cancel.
 * @returns undefined if the user canceled.
 * @throws what the work throws.
 */
export async function cancellable<T>(
  title: string,
  work: (call: CallOptions) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return withProgress(options, async (signal) => {
    try {
      return await work({ signal, priority: 'interactive' });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

/** Runs work with the progress bar of the view. */
export function inView<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return withProgress({ location: { viewId: views.connections } }, work);
}

/** Runs longer work with a notification that names it and can cancel it. */
export function inNotification<T>(
  title: string,
  work: (signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  return withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, work);
}

/** Converts VS Code's token to the signal that requests take. */
export function toAbortSignal(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}
