import * as vscode from 'vscode';
import type { CallOptions } from '../http/client';
import { withProgress } from '../ui/messages';

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
  return withProgress(options, async (signal) => {
    try {
      return await work({ signal, priority: 'interactive' });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}
