import { DisposableStore } from '../../core/base/disposableStore';
import type { Disposable } from '../../core/base/emitter';
import { Debouncer } from '../../core/base/clock';
import * as vscode from 'vscode';
import { settings, settingsSection } from '../../shared/contributions';
import { draggedIdsType } from '../../shared/identifiers';
import { marksUnknownIds, readEditorSettings } from '../../ui/configuration';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import { DocumentAccounts } from './knownIds';
import { CompletionRequests, PAUSE_MS } from './completionRequests';
import { IdsByName } from './idsByName';
import type { IdLink } from './terminalLinks';

/** IDs occur in texts of every kind: files, untitled documents, notebook cells. */
const everywhere: vscode.DocumentFilter = { scheme: '*' };

/** Debounce (ms): changes that arrive together refresh the hints once. */
const REFRESH_DEBOUNCE_MS = 500;

const dropProvider: vscode.DocumentDropEditProvider = {
  provideDocumentDropEdits: async (document, position, transfer) =>
    (await import('./idDrop')).provideIdDrop(document, position, transfer),
};

/**
 * Hovers, completion, inlay hints and drops of IDs, and their links in terminals. Nothing is registered while there are
 * no accounts, and most code is loaded with the first request.
 */
export class LanguageFeatures implements vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #hintsChanged = this.#disposables.add(new vscode.EventEmitter<void>());
  /** What is registered while there are accounts. */
  #registered: DisposableStore | undefined;
  readonly #requests = new CompletionRequests();
  readonly #documents: DocumentAccounts;
  /** Resources whose missing parts a hover has loaded. */
  readonly #completed = new Set<ResourcePath>();
  readonly #refresh = this.#disposables.add(
    new Debouncer(REFRESH_DEBOUNCE_MS, () => {
      this.#hintsChanged.fire();
    }),
  );
  /** True once hints were requested. Until then nothing has to be refreshed. */
  #hintsRequested = false;
  /** Exists while the setting is on. */
  #unknownIds: Promise<Disposable> | undefined;
  #disposed = false;

  readonly #ids: IdsByName;

  constructor(private readonly store: Store) {
    this.#ids = this.#disposables.add(new IdsByName(store));
    this.#documents = new DocumentAccounts(store);
    this.#disposables.add(
      store.onDidChange((paths) => {
        if (paths.length === 0) this.#updateRegistrations();
      }),
    );
    this.#updateRegistrations();
  }

  /** Registers with the first account, and unregisters with the last. */
  #updateRegistrations(): void {
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
      vscode.languages.registerDocumentDropEditProvider(everywhere, dropProvider, {
        dropMimeTypes: [draggedIdsType],
      }),
      vscode.window.registerTerminalLinkProvider(this.#terminalLinks()),
      vscode.workspace.onDidChangeTextDocument((change) => void this.#suggest(change)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settingsSection}.${settings.inlayHints}`))
          this.#hintsChanged.fire();
        if (change.affectsConfiguration(`${settingsSection}.${settings.unknownIds}`)) this.#markUnknownIds();
      }),
      new vscode.Disposable(() => {
        this.#markUnknownIds(false);
      }),
      this.store.onDidChange(() => {
        if (this.#hintsRequested) this.#refresh.schedule();
      }),
    );
    void this.#registerCompletion(registrations);
    this.#markUnknownIds();
    return registrations;
  }

  dispose(): void {
    this.#disposed = true;
    this.#updateRegistrations();
    this.#disposables.dispose();
  }

  #markUnknownIds(isOn = marksUnknownIds()): void {
    if (isOn) {
      this.#unknownIds ??= import('./unknownIds').then(
        ({ UnknownIds }) =>
          new UnknownIds(this.store, () => {
            this.#loadUnread();
          }),
      );
      return;
    }
    void this.#unknownIds?.then((marks) => {
      marks.dispose();
    });
    this.#unknownIds = undefined;
  }

  /** Two, because VS Code shows the result of one while the other is still waiting. */
  #hovers(): readonly vscode.Disposable[] {
    return [
      vscode.languages.registerHoverProvider(everywhere, {
        provideHover: async (...at) =>
          this.#hasAccounts && readEditorSettings(at[0]).lookUpIds
            ? (await import('./hover')).remoteHover(this.store, this.#documents, this.#completed, ...at)
            : undefined,
      }),
      vscode.languages.registerHoverProvider(everywhere, {
        provideHover: async (document, position) =>
          this.#hasAccounts
            ? (await import('./hover')).localHover(this.store, this.#documents, document, position)
            : undefined,
      }),
    ];
  }

  /**
   * VS Code uses providers for all languages only if those for the language itself return nothing. So this one lists
   * every language.
   * @param registrations disposed if the accounts were removed meanwhile.
   */
  async #registerCompletion(registrations: DisposableStore): Promise<void> {
    const languages = await vscode.languages.getLanguages();
    if (this.#registered !== registrations) return;
    const provider: vscode.CompletionItemProvider = {
      provideCompletionItems: async (document, position, token, context) => {
        if (!this.#hasAccounts || !readEditorSettings(document).completion) return undefined;
        const reason = this.#requests.getReason(document, position, context);
        const { completionsAfterLetter, completionsAt, isWritingValue } = await import('./completion');
        // The text may have become shorter since the request.
        const isGone = document.isClosed || position.line >= document.lineCount;
        if (token.isCancellationRequested || isGone) return undefined;
        if (isWritingValue(document, position)) this.#loadUnread();
        const sources = { store: this.store, ids: this.#ids };
        if (reason === 'typing') {
          const answer = await completionsAfterLetter(sources, document, position, PAUSE_MS, token);
          if (answer) this.#requests.answered(answer.reason);
          return answer?.list;
        }
        const list = await completionsAt(sources, document, position, reason, token);
        if (list) this.#requests.answered(reason);
        return list;
      },
    };
    // VS Code requests completions within a word by itself. In most languages a dash begins a new one.
    registrations.add(
      vscode.languages.registerCompletionItemProvider([...languages, everywhere], provider, '-'),
    );
  }

  #terminalLinks(): vscode.TerminalLinkProvider<IdLink> {
    return {
      provideTerminalLinks: async ({ line }) => (await import('./terminalLinks')).idLinks(this.store, line),
      handleTerminalLink: async ({ id }) => {
        await (await import('./terminalLinks')).openIdLink(this.store, id);
      },
    };
  }

  #inlayHints(): vscode.Disposable {
    return vscode.languages.registerInlayHintsProvider(everywhere, {
      onDidChangeInlayHints: this.#hintsChanged.event,
      provideInlayHints: async (document, range) => {
        if (!this.#hasAccounts || !readEditorSettings(document).inlayHints) return [];
        this.#hintsRequested = true;
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
    await openCompletion(this.#ids, this.#requests, change);
  }

  /**
   * Loads the connections of accounts that were not opened yet, or that changed since: once each, with the lowest
   * priority, so that their IDs are known from then on. A failure is shown in the tree and not retried here.
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
