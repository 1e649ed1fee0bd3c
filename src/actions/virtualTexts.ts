import * as vscode from 'vscode';
import { previewScheme } from '../manifest';
import { serviceJsonUri } from '../serviceJson';
import { withoutSchemaReference } from '../services/jsonText';

/** Read-only texts of this window: the two sides of a comparison, and the schemas of documents. */
export class VirtualTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
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
    return this.#texts.get(uri.path) ?? '';
  }

  /** Puts a text at a path of its own, `name.json` or one with a number: the texts there stay as they are. */
  add(name: string, text: string): vscode.Uri {
    for (let number = 1; ; number++) {
      const path = number === 1 ? `/${name}.json` : `/${name}-${number}.json`;
      const known = this.#texts.get(path);
      if (known === undefined || known === text) {
        return this.#put(vscode.Uri.from({ scheme: previewScheme, path }), text);
      }
    }
  }

  /**
   * Puts JSON of a service, as it would be sent, in the place of the former one with that label.
   * @param side keeps the two sides of a comparison apart.
   */
  putServiceJson(label: string, side: 'before' | 'after', text: string): vscode.Uri {
    return this.#put(serviceJsonUri(previewScheme, label, { folder: side }), withoutSchemaReference(text));
  }

  #put(uri: vscode.Uri, text: string): vscode.Uri {
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }
}
