import * as vscode from 'vscode';
import { compareScheme, jsonScheme } from '../shared/identifiers';
import { urisOfTab } from './documents/openUris';

/** Schemes of documents that cannot be edited. */
const READ_ONLY_SCHEMES = ['output', jsonScheme, compareScheme];

/** The number of editors to remember, because earlier ones are used if the last one was closed. */
const MAX_EDITORS = 20;

/**
 * The most recently active text editor, even while a panel, a row or the palette has the focus. VS Code's
 * `activeTextEditor` is undefined as soon as a panel is active.
 */
export class LastTextEditor implements vscode.Disposable {
  readonly #registration: vscode.Disposable;
  /** The most recently active one comes first. */
  #editors: readonly vscode.TextEditor[] = [];

  constructor() {
    this.#note(vscode.window.activeTextEditor);
    this.#registration = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.#note(editor);
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /** The one that was active last and is still open in a tab. */
  get editor(): vscode.TextEditor | undefined {
    return this.#editors.find(({ document }) => !document.isClosed && isOpen(document));
  }

  /** Its document. */
  get document(): vscode.TextDocument | undefined {
    return this.editor?.document;
  }

  #note(editor: vscode.TextEditor | undefined): void {
    if (!editor || READ_ONLY_SCHEMES.includes(editor.document.uri.scheme)) return;
    const others = this.#editors.filter((other) => other !== editor && !other.document.isClosed);
    this.#editors = [editor, ...others].slice(0, MAX_EDITORS);
  }
}

/** A document stays open for a while after its tab is closed. */
function isOpen(document: vscode.TextDocument): boolean {
  if (vscode.window.visibleTextEditors.some((editor) => editor.document === document)) return true;
  const uri = document.uri.toString();
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => urisOfTab(input).some((other) => other.toString() === uri));
}
