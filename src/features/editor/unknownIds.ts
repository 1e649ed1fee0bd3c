import * as vscode from 'vscode';
import { Debouncer } from '../../core/base/clock';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { commands } from '../../shared/contributions';
import { replaceUnknownId } from '../../shared/identifiers';
import { plainText } from '../../shared/plainText';
import { accountPlace } from '../../ui/text';
import { reportError } from '../../ui/messages';
import { showQuickPick } from '../../ui/quickInput';
import { findUnknownIds, getKnowledge, MAX_DOCUMENT_CHARS, nearestIds } from './unknownIdSearch';
import { isInsertable } from './completionItems';
import { toTextLines } from './words';

/** Files, unsaved documents and notebook cells. Others, such as the output of programs, cannot be corrected. */
const SCHEMES: readonly string[] = ['file', 'untitled', 'vscode-notebook-cell'];

/** Debounce (ms): typing and changes of accounts cause one search. */
const DEBOUNCE_MS = 500;

const CODE = 'unknown-id';

/**
 * Marks IDs that no account has, in the documents on screen, and offers what to do. Exists while the setting is on.
 * Needs the list of connections of each account, and nothing else.
 */
export class UnknownIds implements vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #collection = this.#disposables.add(
    vscode.languages.createDiagnosticCollection('connections-explorer.ids'),
  );
  readonly #search = this.#disposables.add(
    new Debouncer(DEBOUNCE_MS, () => {
      this.#searchAll();
    }),
  );

  /** @param loadLists loads the connections of accounts that were not opened yet. */
  constructor(
    private readonly store: Store,
    private readonly loadLists: () => void,
  ) {
    const soon = (): void => {
      this.#search.schedule();
    };
    this.#disposables.add(
      store.onDidChange(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.workspace.onDidChangeTextDocument(soon),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#collection.delete(uri);
      }),
      vscode.languages.registerCodeActionsProvider(
        SCHEMES.map((scheme) => ({ scheme })),
        { provideCodeActions: (document, _range, { diagnostics }) => this.#actions(document, diagnostics) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
      vscode.commands.registerCommand(replaceUnknownId, (uri: vscode.Uri, range: vscode.Range) =>
        this.#choose(uri, range).catch(reportError),
      ),
    );
    soon();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #searchAll(): void {
    const documents = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    // Those that are open behind others keep their marks, which follow the accounts.
    for (const document of vscode.workspace.textDocuments)
      if (this.#collection.has(document.uri)) documents.add(document);
    for (const document of documents) this.#searchIn(document);
  }

  #searchIn(document: vscode.TextDocument): void {
    if (!SCHEMES.includes(document.uri.scheme) || document.isClosed) return;
    if (document.getText().length > MAX_DOCUMENT_CHARS) {
      this.#collection.delete(document.uri);
      return;
    }
    const accounts = this.store.accounts().flatMap(({ path }) => this.store.account(path) ?? []);
    const { unknown, isUndecided } = findUnknownIds(toTextLines(document), document.lineCount, (id) =>
      getKnowledge(this.store, accounts, id),
    );
    if (isUndecided) this.loadLists();
    this.#collection.set(
      document.uri,
      unknown.map(({ line, start, end }) => toDiagnostic(new vscode.Range(line, start, line, end))),
    );
  }

  #actions(document: vscode.TextDocument, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
    return diagnostics
      .filter(({ code }) => code === CODE)
      .flatMap((diagnostic) => {
        const near = nearestIds(document.getText(diagnostic.range), this.#connections());
        return [
          ...near.map((resource) => this.#replacement(document.uri, diagnostic, resource)),
          toCommand(diagnostic, vscode.l10n.t('Replace with Another Connection…'), replaceUnknownId, [
            document.uri,
            diagnostic.range,
          ]),
          toCommand(diagnostic, vscode.l10n.t('Go to Connection…'), commands.goToConnection),
        ];
      });
  }

  #replacement(uri: vscode.Uri, diagnostic: vscode.Diagnostic, resource: Resource): vscode.CodeAction {
    const title = vscode.l10n.t('Replace with the ID of "{0}"', plainText(resource.label, 80));
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(uri, diagnostic.range, resource.id);
    return action;
  }

  /** The connections whose IDs can be written into code. */
  #connections(): readonly Resource[] {
    return this.store
      .accounts()
      .flatMap(({ path }) => this.store.rows(path) ?? [])
      .filter((resource) => resource.kind === 'connection' && isInsertable({ resource }));
  }

  /** Replaces an ID by the one that the user chooses, unless the document changed meanwhile. */
  async #choose(uri: vscode.Uri, range: vscode.Range): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const { version } = document;
    const items = this.#connections().map((resource) => ({
      ...{ label: plainText(resource.label), description: resource.id, resource },
      detail: accountPlace(this.store, resource.path),
    }));
    const chosen = await showQuickPick(items, {
      title: vscode.l10n.t('Replace with Another Connection'),
      placeHolder: vscode.l10n.t('Name, ID or place'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (!chosen || document.isClosed || document.version !== version) return;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, range, chosen.resource.id);
    await vscode.workspace.applyEdit(edit);
  }
}

function toDiagnostic(range: vscode.Range): vscode.Diagnostic {
  const text = vscode.l10n.t('No connection of your accounts has this ID. It may have been deleted.');
  const diagnostic = new vscode.Diagnostic(range, text, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = 'Connections Explorer';
  diagnostic.code = CODE;
  return diagnostic;
}

function toCommand(
  diagnostic: vscode.Diagnostic,
  title: string,
  command: string,
  args: readonly unknown[] = [],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title, command, arguments: [...args] };
  return action;
}
