import * as vscode from 'vscode';
import { views } from '../manifest';
import { withProgress, type ReportProgress } from '../ui/messages';

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
