import * as vscode from 'vscode';
import type { CompletionReason } from './completionContext';

/** Milliseconds without another letter before names are offered. */
export const PAUSE_MS = 150;

/** Milliseconds after a letter during which VS Code may still request completions because of it. */
const TYPING_MS = 400;

/** A request that the provider answered. */
interface Request {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  readonly reason: CompletionReason;
}

/**
 * Finds out why VS Code requests completions, which it does not report to the provider: because of a letter, because
 * the extension opened the list, or because the user did.
 */
export class CompletionRequests {
  #changed: { readonly document: vscode.TextDocument; readonly at: number } | undefined;
  #opening: { readonly document: vscode.TextDocument; readonly version: number } | undefined;
  #last: Request | undefined;
  #answered: Request | undefined;

  /** Records that the user typed in a document. */
  changed(document: vscode.TextDocument): void {
    this.#changed = { document, at: performance.now() };
  }

  /**
   * Opens the suggestion list after a pause. VS Code does not open a list while one is open, so that one is closed
   * first.
   */
  async open(document: vscode.TextDocument): Promise<void> {
    this.#opening = { document, version: document.version };
    await vscode.commands.executeCommand('hideSuggestWidget');
    await vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
  }

  /** Records that rows were offered, and for which reason. */
  answered(reason: CompletionReason): void {
    this.#last = this.#last && { ...this.#last, reason };
    this.#answered = this.#last;
  }

  /** True if rows were offered for the current content of a document. */
  isAnswered(document: vscode.TextDocument): boolean {
    return this.#answered?.document === document && this.#answered.version === document.version;
  }

  /** Returns why completions are requested. */
  getReason(
    document: vscode.TextDocument,
    position: vscode.Position,
    { triggerKind }: vscode.CompletionContext,
  ): CompletionReason {
    const reason = this.#getReason(document, position, triggerKind);
    this.#last = { document, version: document.version, position, reason };
    return reason;
  }

  #getReason(
    document: vscode.TextDocument,
    position: vscode.Position,
    triggerKind: vscode.CompletionTriggerKind,
  ): CompletionReason {
    const { version } = document;
    const isOurs = this.#opening?.document === document && this.#opening.version === version;
    this.#opening = undefined;
    if (isOurs) return 'pause';
    const before = this.#last?.document === document ? this.#last : undefined;
    if (triggerKind === vscode.CompletionTriggerKind.TriggerForIncompleteCompletions)
      return before?.reason ?? 'typing';
    if (triggerKind === vscode.CompletionTriggerKind.TriggerCharacter) return 'typing';
    const editor = vscode.window.activeTextEditor;
    // Requested by another extension or a test.
    if (editor?.document !== document) return 'pause';
    // VS Code asks once per letter, so a second request comes from the user.
    if (before?.version === version && before.position.isEqual(position)) return 'request';
    const isTyping =
      this.#changed?.document === document &&
      performance.now() - this.#changed.at < TYPING_MS + getDelay(document);
    return isTyping ? 'typing' : 'request';
  }
}

function getDelay(document: vscode.TextDocument): number {
  const delay = vscode.workspace.getConfiguration('editor', document).get<unknown>('quickSuggestionsDelay');
  return typeof delay === 'number' ? delay : 0;
}
