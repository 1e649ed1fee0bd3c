import { Debouncer } from '../../core/base/debouncer';
import { DisposableStore } from '../../core/base/disposableStore';
import * as vscode from 'vscode';
import { settings, settingsSection } from '../../shared/contributions';
import { readEditorSettings } from '../../ui/configuration';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import { DocumentAccounts } from './knownIds';
import { CompletionRequests, PAUSE_MS } from './completionRequests';

/** Ids stand in texts of every kind: files, unsaved ones, notebook cells. */
const everywhere: vscode.DocumentFilter = { scheme: '*' };

/** Milliseconds in which changes are gathered before hints are drawn anew. */
const REFRESH_DEBOUNCE_MS = 500;

/**
 * What the extension does in editors. Nothing of it is registered before there is an account, nor after the last has
 * gone; and most code comes with the first question.
 */
export class LanguageFeatures implements vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #hintsChanged = this.#disposables.add(new vscode.EventEmitter<void>());
  /** What is registered while there are accounts. */
  #registered: DisposableStore | undefined;
  readonly #requests = new CompletionRequests();
  readonly #documents: DocumentAccounts;
  /** Resources whose missing parts a hover has read. */
  readonly #completed = new Set<ResourcePath>();
  readonly #refresh = this.#disposables.add(
    new Debouncer(REFRESH_DEBOUNCE_MS, () => {
      this.#hintsChanged.fire();
    }),
  );
  /** True once hints were asked for: where they are off, nobody is told of changes. */
  #hinting = false;
  #disposed = false;

  constructor(private readonly store: Store) {
    this.#documents = new DocumentAccounts(store);
    this.#disposables.add(
      store.onDidChange((paths) => {
        if (paths.length === 0) this.#follow();
      }),
    );
    this.#follow();
  }

  /** Registers with the first account, and takes it back with the last. */
  #follow(): void {
    if (this.#hasAccounts && !this.#disposed) this.#registered ??= this.#register();
    else {
      this.#registered?.dispose();
      this.#registered = undefined;
    }
  }

  #register(): DisposableStore {
    const registrations = new DisposableStore();
    registrations.add(
      this.#inlayHints(),
      ...this.#hovers(),
      vscode.workspace.onDidChangeTextDocument((change) => void this.#suggest(change)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settingsSection}.${settings.inlayHints}`))
          this.#hintsChanged.fire();
      }),
      this.store.onDidChange(() => {
        if (this.#hinting) this.#refresh.schedule();
      }),
    );
    void this.#registerCompletion(registrations);
    return registrations;
  }

  dispose(): void {
    this.#disposed = true;
    this.#follow();
    this.#disposables.dispose();
  }

  /** Two, for VS Code shows what the store knows while the other is still asking. */
  #hovers(): readonly vscode.Disposable[] {
    return [
      vscode.languages.registerHoverProvider(everywhere, {
        provideHover: async (...at) =>
          this.#hasAccounts && readEditorSettings(at[0]).lookUpIds
            ? (await import('./hover')).missingHover(this.store, this.#documents, this.#completed, ...at)
            : undefined,
      }),
      vscode.languages.registerHoverProvider(everywhere, {
        provideHover: async (document, position) =>
          this.#hasAccounts
            ? (await import('./hover')).knownHover(this.store, this.#documents, document, position)
            : undefined,
      }),
    ];
  }

  /**
   * VS Code asks providers for all languages only where those for the language itself have nothing, so this one names
   * every language there is.
   * @param registrations disposed of if the accounts have gone meanwhile.
   */
  async #registerCompletion(registrations: DisposableStore): Promise<void> {
    const languages = await vscode.languages.getLanguages();
    if (this.#registered !== registrations) return;
    const provider: vscode.CompletionItemProvider = {
      provideCompletionItems: async (document, position, token, context) => {
        if (!this.#hasAccounts || !readEditorSettings(document).completion) return undefined;
        const reason = this.#requests.reasonOf(document, position, context);
        const { completionsAfterLetter, completionsAt, isWritingValue } = await import('./completion');
        // The text may have become shorter since it was asked for.
        const isGone = document.isClosed || position.line >= document.lineCount;
        if (token.isCancellationRequested || isGone) return undefined;
        if (isWritingValue(document, position)) this.#loadUnread();
        if (reason === 'typing') {
          const answer = await completionsAfterLetter(this.store, document, position, PAUSE_MS, token);
          if (answer) this.#requests.answered(answer.reason);
          return answer?.list;
        }
        const list = await completionsAt(this.store, document, position, reason, token);
        if (list) this.#requests.answered(reason);
        return list;
      },
    };
    // Within a word VS Code asks by itself; a dash begins another one in most languages.
    registrations.add(
      vscode.languages.registerCompletionItemProvider([...languages, everywhere], provider, '-'),
    );
  }

  #inlayHints(): vscode.Disposable {
    return vscode.languages.registerInlayHintsProvider(everywhere, {
      onDidChangeInlayHints: this.#hintsChanged.event,
      provideInlayHints: async (document, range) => {
        if (!this.#hasAccounts || !readEditorSettings(document).inlayHints) return [];
        this.#hinting = true;
        this.#loadUnread();
        return (await import('./inlayHints')).inlayHintsIn(this.store, this.#documents, document, range);
      },
    });
  }

  async #suggest(change: vscode.TextDocumentChangeEvent): Promise<void> {
    if (change.contentChanges.length === 0) return;
    this.#requests.changed(change.document);
    if (change.contentChanges.length > 1 || !/^[\p{L}\p{N}_-]$/u.test(change.contentChanges[0]?.text ?? ''))
      return;
    if (!this.#hasAccounts || !readEditorSettings(change.document).completion) return;
    const { openCompletion } = await import('./openCompletion');
    await openCompletion(this.store, this.#requests, change);
  }

  /**
   * Reads the connections of accounts that nobody has looked at yet, or that were changed since, once each and behind
   * everything else, so that they are known from then on. A failure shows in the tree, and is not tried again here.
   */
  #loadUnread(): void {
    for (const { path } of this.store.accounts()) {
      const { readAt, failedAt, reading } = this.store.state(path);
      if (readAt === undefined && failedAt === undefined && !reading)
        void this.store.load(path, { priority: 'background' }).catch(() => undefined);
    }
  }

  get #hasAccounts(): boolean {
    return this.store.accounts().length > 0;
  }
}
