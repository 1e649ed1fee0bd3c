import * as vscode from 'vscode';
import { HttpError } from '../../core/http/errors';
import { jsonScheme } from '../../shared/identifiers';
import { parsePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { toAbortSignal } from '../../ui/cancellation';
import { serviceJsonUri } from '../../ui/documents/serviceJsonUri';

export interface OpenOptions {
  /** True opens it in preview mode: the next such document reuses the tab. */
  readonly preview: boolean;
  readonly signal: AbortSignal;
}

/**
 * Read-only documents with the JSON of a resource, with keys in the service's order and without a reference to a
 * schema. They survive a reload through their URI.
 */
export class JsonDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** Texts already loaded for documents that VS Code is about to request, by URI. */
  readonly #read = new Map<string, string>();

  readonly onDidChange = this.#changed.event;

  constructor(private readonly store: Store) {}

  dispose(): void {
    this.#changed.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const path = parsePath(uri.query);
    if (!path)
      throw new HttpError('notFound', vscode.l10n.t('{0} is not the address of a resource.', uri.toString()));
    const known = this.#read.get(uri.toString());
    this.#read.delete(uri.toString());
    const text = known ?? (await this.store.read(path, toAbortSignal(token), { asked: true }));
    const { formatJson, withoutSchemaReference } = await import('../../core/services/common/jsonText');
    return formatJson(withoutSchemaReference(text));
  }

  /** Loads and opens the document of a resource. @throws as `Store.read`. */
  async open(resource: Resource, { preview, signal }: OpenOptions): Promise<void> {
    const uri = serviceJsonUri(jsonScheme, resource.label, { query: resource.path });
    // Loaded here, because VS Code does not report why a document could not be read.
    const text = await this.store.read(resource.path, signal, { asked: true });
    this.#read.set(uri.toString(), text);
    const known = vscode.workspace.textDocuments.some(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (known) this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview });
  }
}
