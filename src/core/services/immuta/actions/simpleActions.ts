import * as l10n from '@vscode/l10n';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { bodyObject } from '../../common/answerErrors';
import { checkChanged, readOne } from '../../common/readOne';
import { idInPath, parentList, parentPath, type ResourcePath } from '../../contract/path';
import type { Action, ActionResult } from '../../contract/action';
import type { Resource } from '../../contract/resource';
import { healthRows } from '../levels/status';
import type { Operations } from '../client/operations';
import type { ConnectionCommand } from '../client/paths';
import { identities } from '../client/schemas';
import { tasksGroup } from '../levels/resources';
import { followRun, pollTask, messageIn, taskIdIn } from './following';

/** The actions without input, by ID. */
export type SimpleActions = Readonly<
  Record<
    | 'activate'
    | 'deactivate'
    | 'validate'
    | 'syncDataObjects'
    | 'deleteConnection'
    | 'deleteDataObject'
    | 'cancelRun',
    Action
  >
>;

/** All actions without input, bound to a resource, whether or not they apply to it. */
export function simpleActions(operations: Operations, resource: Resource): SimpleActions {
  const key = idInPath(resource.path, 'connection') ?? '';
  const deleteTitle = l10n.t('Deleting "{0}"', resource.label);
  return {
    activate: simpleAction({
      ...{ id: 'activate', verb: 'activate', title: l10n.t('Activate'), confirmation: 'harmless' },
      perform: async (call) =>
        said(await command(operations, key, 'activate', call), listAndChildren(resource)),
    }),
    deactivate: simpleAction({
      ...{ id: 'deactivate', verb: 'deactivate', title: l10n.t('Deactivate'), confirmation: 'confirm' },
      perform: async (call) =>
        said(await command(operations, key, 'deactivate', call), listAndChildren(resource)),
    }),
    validate: simpleAction({
      ...{ id: 'validate', verb: 'validate', title: l10n.t('Validate'), confirmation: 'harmless' },
      perform: (call) => validate(operations, resource, call),
    }),
    syncDataObjects: simpleAction({
      ...{
        id: 'syncDataObjects',
        verb: 'sync',
        title: l10n.t('Sync Data Objects'),
        confirmation: 'harmless',
      },
      perform: async (call) => {
        const response = await operations.createSyncTask(key, call);
        const title = l10n.t('Syncing data objects of "{0}"', resource.label);
        return started(operations, response, [tasksGroup(resource).path, resource.path], { key, title });
      },
    }),
    deleteConnection: simpleAction({
      ...{ id: 'deleteConnection', verb: 'delete', title: l10n.t('Delete…'), confirmation: 'typeName' },
      perform: async (call) => {
        const response = await operations.deleteConnection(key, call);
        checkChanged(response, 'connectionKey', key);
        const run = { key, title: deleteTitle, deletes: true };
        return started(operations, response, listAndChildren(resource), run);
      },
    }),
    deleteDataObject: simpleAction({
      ...{ id: 'deleteDataObject', verb: 'delete', confirmation: 'typeName' },
      title: l10n.t('Delete with All Descendants…'),
      perform: async (call) => {
        const response = await operations.deleteDataObject(key, resource.id, call);
        checkChanged(response, 'connectionKey', key);
        const changed = [parentList(resource), tasksPath(resource)];
        return started(operations, response, changed, { key, title: deleteTitle });
      },
    }),
    cancelRun: simpleAction({
      ...{ id: 'cancelRun', verb: 'cancel', title: l10n.t('Stop Run'), confirmation: 'confirm' },
      perform: (call) => cancel(operations, resource, key, call),
    }),
  };
}

type SimpleAction = Pick<Action, 'id' | 'verb' | 'title' | 'confirmation'> & {
  readonly perform: (call: CallOptions) => Promise<ActionResult>;
};

function simpleAction({ perform, ...info }: SimpleAction): Action {
  return { ...info, input: { kind: 'none' }, perform: (_values, call) => perform(call) };
}

/** @throws HttpError for every failure, and if the response is about another connection. */
async function command(
  operations: Operations,
  key: string,
  verb: ConnectionCommand,
  call: CallOptions,
): Promise<HttpResponse> {
  const response = await operations.command(key, verb, call);
  checkChanged(response, 'connectionKey', key);
  return response;
}

async function readHealth(operations: Operations, key: string, call: CallOptions): Promise<unknown> {
  return readOne(await operations.connection(key, call), identities.connection, key).decoded.health;
}

/** Reports the health of each component as the message. */
async function validate(
  operations: Operations,
  connection: Resource,
  call: CallOptions,
): Promise<ActionResult> {
  const { id } = connection;
  const response = await command(operations, id, 'validate', call);
  const health = bodyObject(response.text)?.health ?? (await readHealth(operations, id, call));
  const message = healthRows(health)
    .flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`]))
    .join('; ');
  return { ...(message && { message }), changed: listAndChildren(connection) };
}

/** A canceled run ends later, so it is polled until then. */
async function cancel(
  operations: Operations,
  run: Resource,
  key: string,
  call: CallOptions,
): Promise<ActionResult> {
  const taskId = idInPath(run.path, 'task') ?? '';
  const response = await operations.cancelRun(key, taskId, run.id, call);
  checkChanged(response, 'runId', run.id);
  const title = l10n.t('Stopping the run of {0}', run.label);
  return {
    ...said(response, [parentList(run)]),
    run: followRun(operations, [key, taskId, run.id], title),
  };
}

function started(
  operations: Operations,
  response: HttpResponse,
  changed: readonly ResourcePath[],
  { key, title, deletes }: { readonly key: string; readonly title: string; readonly deletes?: boolean },
): ActionResult {
  const taskId = taskIdIn(response);
  const gone = deletes ? () => ({ state: 'ok', label: l10n.t('deleted') }) as const : undefined;
  return {
    ...said(response, changed),
    ...(taskId !== undefined && { run: pollTask(operations, key, taskId, title, gone) }),
  };
}

function said(response: HttpResponse, changed: readonly ResourcePath[]): ActionResult {
  const message = messageIn(response);
  return { ...(message !== undefined && { message }), changed };
}

/** The list that contains a resource, and the list below it. */
function listAndChildren(resource: Resource): readonly ResourcePath[] {
  return [parentList(resource), resource.path];
}

/** The tasks row of the connection that contains a resource. */
function tasksPath({ path }: Resource): ResourcePath {
  let at: ResourcePath | undefined = path;
  while (at !== undefined && !/\/connection:[^/]*$/.test(at)) at = parentPath(at);
  return tasksGroup({ path: at ?? path }).path;
}
