import { HttpError } from '../http/errors';
import { problemOf } from '../services/problem';
import type { Store } from '../store/store';
import { findId } from './findId';
import { getConnection } from './getConnection';
import { listConnections } from './listConnections';
import { listRuns } from './listRuns';
import { ToolError } from './toolError';
import { checkedInput, type ToolName } from './toolInput';

/**
 * What a tool answers: JSON for a language model. Reads alone, and tells allow-listed fields alone.
 * @param input what the model wrote, unchecked.
 * @throws ToolError in words that the model can act on; the signal's reason.
 */
export async function answerTool(
  store: Store,
  name: ToolName,
  input: unknown,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await answer(store, name, input, signal);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const { what, why, advice } = problemOf(error);
    throw new ToolError([what, why, advice].filter(Boolean).join(' '), { cause: error });
  }
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
