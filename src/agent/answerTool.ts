import { isAbort } from '../http/abort';
import { redactName, type SecretValues } from '../http/redact';
import { problemOf } from '../services/problem';
import type { Store } from '../store/store';
import { findId } from './findId';
import { getConnection } from './getConnection';
import { listConnections } from './listConnections';
import { listRuns } from './listRuns';
import { ToolError } from './toolError';
import { checkedInput, type ToolName } from './toolInput';

/**
 * What a tool answers: JSON for a language model. Reads alone, and tells allow-listed fields alone, without secrets.
 * @param input what the model wrote, unchecked. @param secrets are masked wherever they stand, ids included.
 * @throws ToolError in words that the model can act on; the signal's reason.
 */
export async function answerTool(
  store: Store,
  name: ToolName,
  input: unknown,
  signal: AbortSignal,
  secrets: SecretValues,
): Promise<string> {
  try {
    return withoutSecrets(await answer(store, name, input, signal), secrets);
  } catch (error) {
    if (isAbort(error) || signal.aborted) throw error;
    const words = error instanceof ToolError ? error.message : wordsOf(error);
    throw new ToolError(redactName(words, secrets));
  }
}

function wordsOf(error: unknown): string {
  const { what, why, advice } = problemOf(error);
  return [what, why, advice].filter(Boolean).join(' ');
}

/** The same JSON with known secrets masked in all its texts. */
function withoutSecrets(json: string, secrets: SecretValues): string {
  const mask = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? redactName(value, secrets) : value;
  return JSON.stringify(JSON.parse(json, mask));
}

function answer(store: Store, name: ToolName, input: unknown, signal: AbortSignal): Promise<string> {
  switch (name) {
    case 'list_connections':
      return listConnections(store, checkedInput(name, input), signal);
    case 'get_connection':
      return getConnection(store, checkedInput(name, input), signal);
    case 'list_runs':
      return listRuns(store, checkedInput(name, input), signal);
    case 'find_id':
      return findId(store, checkedInput(name, input), signal);
  }
}
