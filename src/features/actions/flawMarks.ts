import * as vscode from 'vscode';
import { draftScheme } from '../../shared/identifiers';
import type { Pointer } from '../../core/services/common/documentError';
import { findPlaces } from './documentText';

/** A problem to mark in a document. */
export interface Mark {
  readonly pointer: Pointer;
  readonly message: string;
  /** Only a hint: the document can still be sent. */
  readonly isWarning?: boolean;
}

/** A mark and the text that it is about. */
interface Placed {
  readonly mark: Mark;
  readonly text: string;
}

/**
 * Shows problems of drafts as diagnostics. A mark disappears when its range is edited or the document is
 * closed.
 */
export class FlawMarks implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('connections-explorer');
  readonly #placed = new Map<string, readonly Placed[]>();
  readonly #registrations: vscode.Disposable;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme === draftScheme && contentChanges.length > 0) void this.#onEdit(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.clear(uri);
      }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#collection.dispose();
  }

  /** Replaces the marks of a document. @returns their ranges. */
  async set(document: vscode.TextDocument, marks: readonly Mark[]): Promise<readonly vscode.Range[]> {
    const ranges = await toRanges(document, marks);
    const placed = marks.map((mark, at) => ({ mark, text: document.getText(ranges[at]) }));
    this.#placed.set(document.uri.toString(), placed);
    this.#show(document.uri, marks, ranges);
    return ranges;
  }

  clear(uri: vscode.Uri): void {
    if (this.#placed.delete(uri.toString())) this.#collection.delete(uri);
  }

  async #onEdit(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    const before = this.#placed.get(key);
    if (!before) return;
    const { version } = document;
    const ranges = await toRanges(
      document,
      before.map(({ mark }) => mark),
    );
    if (document.version !== version || this.#placed.get(key) !== before) return;
    const left = before.map((placed, at) => ({ placed, range: ranges[at] ?? new vscode.Range(0, 0, 0, 0) }));
    const kept = left.filter(({ placed, range }) => document.getText(range) === placed.text);
    this.#placed.set(
      key,
      kept.map(({ placed }) => placed),
    );
    this.#show(
      document.uri,
      kept.map(({ placed }) => placed.mark),
      kept.map(({ range }) => range),
    );
  }

  #show(uri: vscode.Uri, marks: readonly Mark[], ranges: readonly vscode.Range[]): void {
    const diagnostics = marks.flatMap(({ message, isWarning }, at) => {
      const { Warning, Error } = vscode.DiagnosticSeverity;
      const range = ranges[at];
      return range ? [new vscode.Diagnostic(range, message, isWarning ? Warning : Error)] : [];
    });
    for (const diagnostic of diagnostics) diagnostic.source = 'Connections Explorer';
    this.#collection.set(uri, diagnostics);
  }
}

async function toRanges(
  document: vscode.TextDocument,
  marks: readonly Mark[],
): Promise<readonly vscode.Range[]> {
  const places = await findPlaces(
    document.getText(),
    marks.map(({ pointer }) => pointer),
  );
  return places.map(
    ({ start, end }) => new vscode.Range(document.positionAt(start), document.positionAt(end)),
  );
}
