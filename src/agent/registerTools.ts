import * as vscode from 'vscode';
import { abortSignalOf } from '../editor/abortSignalOf';
import { tools } from '../manifest';
import type { Store } from '../store/store';
import { markdownText } from '../tree/markdownText';
import { plainText } from '../tree/plainText';
import type { ToolName } from './toolInput';

/** Registers the tools for language models. What they do is loaded when the first of them is called. */
export function registerTools(store: Store): vscode.Disposable {
  return vscode.Disposable.from(...tools.map((name) => vscode.lm.registerTool(name, new Tool(store, name))));
}

class Tool implements vscode.LanguageModelTool<object> {
  readonly #store: Store;
  readonly #name: ToolName;

  constructor(store: Store, name: ToolName) {
    this.#store = store;
    this.#name = name;
  }

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<object>): vscode.PreparedToolInvocation {
    const { title, doing } = wordsOf(this.#name);
    const what = markdownText(plainText(JSON.stringify(input), 300));
    const message = vscode.l10n.t(
      'It reads from your accounts, changes nothing, and gives names, IDs and status to the language model. Input: {0}',
      what,
    );
    return {
      invocationMessage: doing,
      confirmationMessages: { title, message: new vscode.MarkdownString(message) },
    };
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<object>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const { answerTool } = await import('./answerTool');
    const text = await answerTool(this.#store, this.#name, input, abortSignalOf(token));
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  }
}

function wordsOf(name: ToolName): { readonly title: string; readonly doing: string } {
  switch (name) {
    case 'list_connections':
      return { title: vscode.l10n.t('List connections?'), doing: vscode.l10n.t('Listing connections') };
    case 'get_connection':
      return { title: vscode.l10n.t('Read a connection?'), doing: vscode.l10n.t('Reading a connection') };
    case 'list_runs':
      return { title: vscode.l10n.t('List runs?'), doing: vscode.l10n.t('Listing runs') };
    case 'find_id':
      return { title: vscode.l10n.t('Look up an ID?'), doing: vscode.l10n.t('Looking up an ID') };
  }
}
