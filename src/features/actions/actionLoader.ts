import * as vscode from 'vscode';
import { tellError } from '../../ui/messages';
import { draftScheme } from '../../shared/identifiers';
import { LazyFiles, type FireFileChanges } from '../../ui/lazyFiles';
import type { ActionContext, ActionParts } from './actionParts';

/**
 * What VS Code asks from the beginning about actions: the files of their documents, and addresses that the browser comes
 * back with. All else is loaded with the first of these, or with the first command: most windows do no action.
 */
export class ActionLoader extends LazyFiles<ActionParts> implements vscode.UriHandler {
  readonly #registrations: readonly vscode.Disposable[];

  constructor(private readonly context: ActionContext) {
    super();
    this.#registrations = [
      vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }),
      vscode.window.registerUriHandler(this),
      // A document of before a reload may be shown without its file being read.
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
    if (uris.some(({ scheme }) => scheme === draftScheme)) this.load().catch(tellError);
  }
}

/** The addresses of all editors with text, loaded or not. */
function tabUris(): readonly vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs.flatMap((input) => (input instanceof vscode.TabInputText ? input.uri : []));
}
