import * as vscode from 'vscode';
import { toAbortSignal } from '../../ui/cancellation';
import type { SecretValues } from '../../core/redaction/redact';
import type { Store } from '../../core/store/store';
import type { ToolAnswer } from './toolAnswer';
import type { ToolName } from './toolInput';

/** The language model tools. The code of their answers is loaded when the first one is called. */
export class LanguageTools {
  /** @param secrets masked in all responses. */
  constructor(
    private readonly store: Store,
    private readonly secrets: SecretValues,
  ) {}

  /** What VS Code shows and asks before it invokes a tool. @param input as the model wrote it, unchecked. */
  async prepare(name: ToolName, input: object): Promise<vscode.PreparedToolInvocation> {
    const { toQuestion: toModelQuestion } = await import('./question');
    const { title, message, doing } = toModelQuestion(name, input);
    return {
      invocationMessage: doing,
      confirmationMessages: { title, message: new vscode.MarkdownString(message) },
    };
  }

  /** @param input as the model wrote it, unchecked. @throws as `answerTool`. */
  async invoke(
    name: ToolName,
    input: object,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const { answerTool } = await import('./answerTool');
    const signal = toAbortSignal(token);
    return toResult(await answerTool(this.store, name, input, signal, this.secrets));
  }
}

/** The only place where text is passed to a model. */
function toResult(answer: ToolAnswer): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer)]);
}
