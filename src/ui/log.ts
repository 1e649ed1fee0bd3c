import * as vscode from 'vscode';
import type { KnownSecrets } from '../core/redaction/knownSecrets';
import { formatLogEntry, type RequestLogEntry } from '../core/http/requestLog';

/** The log of the extension, in the view Output. All that is written there goes through here. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Connections Explorer', { log: true });

  /** @param secrets are masked in what is logged. */
  constructor(private readonly secrets: KnownSecrets) {}

  /** Logs an attempt of a request. */
  request(entry: RequestLogEntry): void {
    this.#channel.info(formatLogEntry(entry));
  }

  /** Logs an error that is none of ours. @param place what was being done: the name of a command. */
  async unexpected(place: string, error: unknown): Promise<void> {
    const { formatError } = await import('../core/http/errorLog');
    this.#channel.error(`${place}: ${formatError(error, this.secrets)}`);
  }

  /** Logs a sentence of our own, with nothing in it that comes from outside. */
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
