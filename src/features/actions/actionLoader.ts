import * as vscode from 'vscode';
import { openUris } from '../../ui/documents/openUris';
import { reportError } from '../../ui/messages';
import { draftScheme } from '../../shared/identifiers';
import type { ActionContext, ActionParts } from './actionParts';

/**
 * Loads what actions need: with the first document of theirs, the first authorization, or the first command. Most
 * windows run no action.
 */
export class ActionLoader implements vscode.UriHandler, vscode.Disposable {
  readonly #registration: vscode.Disposable;
  #parts: Promise<ActionParts> | undefined;

  constructor(private readonly context: ActionContext) {
    // After a reload, VS Code may show a document without reading its file.
    this.#registration = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      this.#expect([uri]);
    });
    this.#expect(openUris());
  }

  /** Everything, loaded once. */
  load(): Promise<ActionParts> {
    this.#parts ??= import('./actionParts').then(({ createActionParts }) => createActionParts(this.context));
    return this.#parts;
  }

  dispose(): void {
    this.#registration.dispose();
    void this.#parts?.then((parts) => {
      parts.dispose();
    });
  }

  async handleUri(uri: vscode.Uri): Promise<void> {
    (await this.load()).consents.handleUri(uri);
  }

  #expect(uris: readonly vscode.Uri[]): void {
    if (uris.some(({ scheme }) => scheme === draftScheme)) this.load().catch(reportError);
  }
}
