import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { isJsonObject } from '../../../http/json';
import { word } from '../../../http/serviceMessage';
import { bodyObject } from '../../common/answerErrors';
import { readOne } from '../../common/readOne';
import type { StartedRun } from '../../contract/action';
import type { Status } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { readListing } from '../client/paging';
import { identities, type Run, runSchema } from '../client/schemas';
import { isOver, runStatus } from '../levels/status';

type Standing = Awaited<ReturnType<StartedRun['poll']>>;

/** The ID of the task in a response. The responses to deletions are not fully documented (inference). */
export function taskIdIn(response: HttpResponse): string | undefined {
  const json = bodyObject(response.text);
  const task = isJsonObject(json?.task) ? json.task : undefined;
  return word(json, ['taskId']) ?? word(task, ['taskId', 'id']) ?? word(json, ['id']);
}

/** The message for the user in a response. */
export function messageIn(response: HttpResponse): string | undefined {
  return word(bodyObject(response.text), ['message']);
}

/**
 * Follows the newest run of a task (GET …/runs).
 * @param gone the status to report if the task no longer exists; undefined if that is an error. Tasks are
 * deleted with their connection, so the end of its deletion may never be reported (inference).
 */
export function pollTask(
  operations: Operations,
  key: string,
  taskId: string,
  title: string,
  gone?: () => Status,
): StartedRun {
  return {
    title,
    poll: async (call) => {
      try {
        const response = await operations.runs(key, taskId, { limit: 100 }, undefined, call);
        return newest(readListing(response, 'runs').values);
      } catch (error) {
        if (!gone || !(error instanceof HttpError) || error.status !== 404) throw error;
        return { status: gone(), over: true };
      }
    },
  };
}

/** Follows one run (GET …/runs/{runId}). */
export function followRun(
  operations: Operations,
  [key, taskId, id]: readonly [key: string, taskId: string, id: string],
  title: string,
): StartedRun {
  const poll = async (call: CallOptions): Promise<Standing> => {
    const { decoded } = readOne(await operations.run(key, taskId, id, call), identities.run, id);
    return { status: runStatus(decoded), over: isOver(decoded) };
  };
  return { title, poll: poll };
}

/** The order of runs is not documented: the newest is the one created last. ISO dates sort as text. */
function newest(values: readonly unknown[]): Standing {
  const runs = values.flatMap((value): readonly Run[] => {
    const decoded = v.safeParse(runSchema, value);
    return decoded.success ? [decoded.output] : [];
  });
  const [run] = runs.toSorted((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1));
  if (run !== undefined) return { status: runStatus(run), over: isOver(run) };
  return { status: { state: 'queued', label: l10n.t('not started') }, over: false };
}
