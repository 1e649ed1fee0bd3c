import * as vscode from 'vscode';
import { toAbortSignal } from '../../ui/cancellation';
import type { SecretValues } from '../../core/redaction/redact';
import { tools } from '../../shared/contributions';
import type { Store } from '../../core/store/store';
import type { ToolAnswer } from './toolAnswer';
import type { ToolName } from './toolInput';

/**
 * Registers the language model tools. Their code is loaded when the first one is called.
 * @param secrets masked in all responses.
 */
export function registerTools(store: Store, secrets: SecretValues): vscode.Disposable {
  return vscode.Disposable.from(
    ...tools.map((name) => vscode.lm.registerTool(name, new Tool(store, secrets, name))),
  );
}

class Tool implements vscode.LanguageModelTool<object> {
  constructor(
    private readonly store: Store,
    private readonly secrets: SecretValues,
    private readonly name: ToolName,
  ) {}

  async prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<object>): Promise<vscode.PreparedToolInvocation> {
    const { toQuestion: questionOf } = await import('./question');
    const { title, message, doing } = questionOf(this.name, input);
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
    const signal = toAbortSignal(token);
    return toResult(await answerTool(this.store, this.name, input, signal, this.secrets));
  }
}

/** The only place where text is passed to a model. */
function toResult(answer: ToolAnswer): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer)]);
}
