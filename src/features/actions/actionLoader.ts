import * as vscode from 'vscode';
import { reportError } from '../../ui/messages';
import { draftScheme } from '../../shared/identifiers';
import { LazyFiles, type FireFileChanges } from '../../ui/lazyFiles';
import type { ActionContext, ActionParts } from './actionParts';

/**
 * The parts of actions that VS Code needs from the start: the file system of their documents, and what receives
 * authorizations. Everything else is loaded with the first of these, or with the first command, because most windows
 * run no action.
 */
export class ActionLoader extends LazyFiles<ActionParts> implements vscode.UriHandler {
  readonly #registrations: readonly vscode.Disposable[];

  constructor(private readonly context: ActionContext) {
    super();
    this.#registrations = [
      vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }),
      // After a reload, VS Code may show a document without reading its file.
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        this.#expect([uri]);
      }),
    ];
    this.#expect(vscode.workspace.textDocuments.map(({ uri }) => uri));
    this.#expect(tabUris());
  }

  override dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    super.dispose();
  }

  async handleUri(uri: vscode.Uri): Promise<void> {
    (await this.load()).consents.handleUri(uri);
  }

  override async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await (await this.load()).drafts.writeFile(uri, content);
  }

  override readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  protected override async start(fire: FireFileChanges): Promise<ActionParts> {
    const { createActionParts } = await import('./actionParts');
    const parts = createActionParts(this.context);
    parts.drafts.onDidChangeFile(fire);
    return parts;
  }

  protected override filesOf({ drafts }: ActionParts): ActionParts['drafts'] {
    return drafts;
  }

  #expect(uris: readonly vscode.Uri[]): void {
    if (uris.some(({ scheme }) => scheme === draftScheme)) this.load().catch(reportError);
  }
}

/** The URIs of all text editors, loaded or not. */
function tabUris(): readonly vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs.flatMap((input) => (input instanceof vscode.TabInputText ? input.uri : []));
}
