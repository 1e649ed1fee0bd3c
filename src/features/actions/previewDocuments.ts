import * as vscode from 'vscode';
import { previewScheme } from '../../shared/identifiers';
import { serviceJsonUri } from '../../ui/documents/serviceJsonUri';
import { withoutSchemaReference } from '../../core/services/common/jsonText';

/** Read-only documents of this window: the two sides of a comparison, and the schemas of drafts. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    // VS Code subscribes to the event at once, so the event is created first.
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(previewScheme, this);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** The URI for a text, `name.json`. */
  toUri(name: string): vscode.Uri {
    return vscode.Uri.from({ scheme: previewScheme, path: `/${name}.json` });
  }

  /**
   * Adds JSON of a service, as it would be sent, and replaces an earlier one with the same label, side and query.
   * @param side distinguishes the two sides of a comparison.
   * @param query distinguishes comparisons with the same label.
   */
  putServiceJson(label: string, side: 'before' | 'after', text: string, query: string): vscode.Uri {
    return this.put(
      serviceJsonUri(previewScheme, label, { folder: side, query }),
      withoutSchemaReference(text),
    );
  }

  /** Sets the text of a URI of the preview scheme. */
  put(uri: vscode.Uri, text: string): vscode.Uri {
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  delete(...uris: readonly vscode.Uri[]): void {
    for (const uri of uris) this.#texts.delete(uri.toString());
  }
}
