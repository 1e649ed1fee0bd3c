import * as vscode from 'vscode';
import type { KnownSecrets } from '../core/redaction/knownSecrets';
import { formatLogEntry, type RequestLogEntry } from '../core/http/requestLog';

/** The extension's log in the Output view. Everything that is logged goes through here. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Connections Explorer', { log: true });

  /** @param secrets masked in log entries. */
  constructor(private readonly secrets: KnownSecrets) {}

  /** Logs one attempt of a request. */
  request(entry: RequestLogEntry): void {
    this.#channel.info(formatLogEntry(entry));
  }

  /** Logs an unexpected error. @param place what was being done: the name of a command. */
  async unexpected(place: string, error: unknown): Promise<void> {
    const { formatError } = await import('../core/http/errorLog');
    this.#channel.error(`${place}: ${formatError(error, this.secrets)}`);
  }

  /** Logs a text of our own, which contains nothing from outside. */
  warn(text: string): void {
    this.#channel.warn(text);
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
