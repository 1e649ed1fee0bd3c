import * as vscode from 'vscode';
import type { CallOptions } from '../http/client';

/**
 * Asks a service, with a progress message that can cancel it.
 * @returns undefined where the user cancelled.
 * @throws what the work throws.
 */
export async function cancellable<T>(
  title: string,
  work: (call: CallOptions) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      return await work({ signal: controller.signal, priority: 'interactive' });
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}
