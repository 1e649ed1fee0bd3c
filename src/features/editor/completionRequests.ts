import * as vscode from 'vscode';
import type { CompletionReason } from './completionContext';

/** Milliseconds without another letter before names are offered. */
export const PAUSE_MS = 150;

/** Milliseconds after a letter in which VS Code may still ask for suggestions because of it. */
const TYPING_MS = 400;

/** One answer of the provider. */
interface Request {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  readonly reason: CompletionReason;
}

/**
 * Finds out why VS Code asks for completions, which it does not say: because of a letter, because the extension opens the
 * list, or because the user does.
 */
export class CompletionRequests {
  #changed: { readonly document: vscode.TextDocument; readonly at: number } | undefined;
  #opening: { readonly document: vscode.TextDocument; readonly version: number } | undefined;
  #last: Request | undefined;
  #answered: Request | undefined;

  /** Notes that somebody writes in a document. */
  changed(document: vscode.TextDocument): void {
    this.#changed = { document, at: performance.now() };
  }

  /** Opens the list of suggestions after a pause. VS Code opens none where one is open: that one is closed before. */
  async open(document: vscode.TextDocument): Promise<void> {
    this.#opening = { document, version: document.version };
    await vscode.commands.executeCommand('hideSuggestWidget');
    await vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
  }

  /** Notes that rows were offered, and as what. */
  answered(reason: CompletionReason): void {
    this.#last = this.#last && { ...this.#last, reason };
    this.#answered = this.#last;
  }

  /** True if rows were offered for what a document holds now. */
  isAnswered(document: vscode.TextDocument): boolean {
    return this.#answered?.document === document && this.#answered.version === document.version;
  }

  /** Why completions are asked for. */
  reasonOf(
    document: vscode.TextDocument,
    position: vscode.Position,
    { triggerKind }: vscode.CompletionContext,
  ): CompletionReason {
    const reason = this.#reasonOf(document, position, triggerKind);
    this.#last = { document, version: document.version, position, reason };
    return reason;
  }

  #reasonOf(
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
    // Another extension asks, or a test.
    if (editor?.document !== document) return 'pause';
    // A letter is asked for once: who asks again is the user.
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
