import * as vscode from 'vscode';
import { previewScheme } from '../../shared/identifiers';
import { serviceJsonUri } from '../../ui/documents/serviceJsonUri';
import { withoutSchemaReference } from '../../core/services/common/jsonText';

/** Read-only texts of this window: the two sides of a comparison, and the schemas of documents. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    // VS Code asks for the event at once, so it comes before.
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(previewScheme, this);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** The address for a text, `name.json`. */
  uriOf(name: string): vscode.Uri {
    return vscode.Uri.from({ scheme: previewScheme, path: `/${name}.json` });
  }

  /**
   * Puts JSON of a service, as it would be sent, in the place of the former one of that label and query.
   * @param side keeps the two sides of a comparison apart.
   * @param query keeps comparisons of things with the same label apart.
   */
  putServiceJson(label: string, side: 'before' | 'after', text: string, query: string): vscode.Uri {
    return this.put(
      serviceJsonUri(previewScheme, label, { folder: side, query }),
      withoutSchemaReference(text),
    );
  }

  /** Puts a text at an address of the scheme of previews, in the place of the former one. */
  put(uri: vscode.Uri, text: string): vscode.Uri {
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  /** Forgets texts. */
  delete(...uris: readonly vscode.Uri[]): void {
    for (const uri of uris) this.#texts.delete(uri.toString());
  }
}
