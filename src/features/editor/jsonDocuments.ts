import * as vscode from 'vscode';
import { HttpError } from '../../core/http/errors';
import { jsonScheme } from '../../shared/identifiers';
import type { Indentation } from '../../core/services/common/jsonText';
import { parsePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { toAbortSignal } from '../../ui/cancellation';
import { serviceJsonUri } from '../../ui/documents/serviceJsonUri';

/** How a document is opened. */
export interface OpenOptions {
  /** True: in the tab that the next such document reuses. */
  readonly preview: boolean;
  readonly signal: AbortSignal;
}

/** Read-only documents with the JSON of a resource, keys in the service's order, and no reference to a schema. They survive a reload by their URI. */
export class JsonDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  /** Texts that were read for documents that VS Code is about to ask for, by their address. */
  readonly #read = new Map<string, string>();

  readonly onDidChange = this.#changed.event;

  constructor(private readonly store: Store) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(jsonScheme, this);
  }

  dispose(): void {
    this.#registration.dispose();
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
    return formatJson(withoutSchemaReference(text), indentation());
  }

  /** Opens the document of a resource, read anew. @throws as `Store.read` does. */
  async open(resource: Resource, { preview, signal }: OpenOptions): Promise<void> {
    const uri = serviceJsonUri(jsonScheme, resource.label, { query: resource.path });
    // Read here, for VS Code tells nothing of why a document could not be read.
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

function indentation(): Indentation {
  const editor = vscode.workspace.getConfiguration('editor', { languageId: 'json' });
  return { insertSpaces: editor.get('insertSpaces', true), tabSize: editor.get('tabSize', 2) };
}
