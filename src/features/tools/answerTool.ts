import { isAbort } from '../../core/base/abort';
import { redactName, type SecretValues } from '../../core/redaction/redact';
import { errorText } from '../../core/services/common/problem';
import type { Store } from '../../core/store/store';
import { findId, getConnection, listConnections, listRuns } from './tools';
import { pagedAnswer, type AnswerOptions, type Listed, type ToolAnswer } from './toolAnswer';
import { ToolError, checkedInput, type ToolName } from './toolInput';

/**
 * Returns the JSON response of a tool for a language model. Tools are read-only, and return only allow-listed
 * fields, without secrets.
 * @param input as the model wrote it, unchecked. @param secrets masked wherever they occur, including IDs.
 * @throws ToolError with a message that the model can act on; the signal's reason.
 */
export async function answerTool(
  store: Store,
  name: ToolName,
  input: unknown,
  signal: AbortSignal,
  secrets: SecretValues,
): Promise<ToolAnswer> {
  const mask = (text: string): string => redactName(text, secrets);
  try {
    const { listed, paging } = await fetchData(store, name, input, signal);
    return pagedAnswer(listed, { ...paging, mask });
  } catch (error) {
    if (isAbort(error) || signal.aborted) throw error;
    const words = error instanceof ToolError ? error.message : errorText(error);
    throw new ToolError(mask(words));
  }
}

/** The result of a tool, and the part of it that the model requested. */
interface Found {
  readonly listed: Listed;
  readonly paging: Pick<AnswerOptions, 'limit' | 'cursor'>;
}

async function fetchData(store: Store, name: ToolName, input: unknown, signal: AbortSignal): Promise<Found> {
  switch (name) {
    case 'connectionsExplorer_listConnections': {
      const paging = checkedInput(name, input);
      return { listed: await listConnections(store, paging, signal), paging };
    }
    case 'connectionsExplorer_getConnection': {
      const paging = checkedInput(name, input);
      return { listed: await getConnection(store, paging, signal), paging };
    }
    case 'connectionsExplorer_listRuns': {
      const paging = checkedInput(name, input);
      return { listed: await listRuns(store, paging, signal), paging };
    }
    case 'connectionsExplorer_findId': {
      const paging = checkedInput(name, input);
      return { listed: await findId(store, paging, signal), paging };
    }
  }
}
