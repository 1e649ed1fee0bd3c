import * as l10n from '@vscode/l10n';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { bodyObject } from '../../common/bodyObject';
import { idInPath, parentPath, type ResourcePath } from '../../contract/path';
import type { ActionResult } from '../../contract/action';
import type { Resource } from '../../contract/resource';
import { healthRows } from '../levels/status';
import type { Operations } from '../client/operations';
import { tasksGroup } from '../levels/resources';
import type { ActionId, DocumentActionId } from './offers';
import { followRun, pollTask, messageIn, taskIdIn } from './following';

/** Does one action. @throws HttpError with the service's refusal. */
type Deed = (
  operations: Operations,
  resource: Resource,
  key: string,
  call: CallOptions,
) => Promise<ActionResult>;

/** How each action that needs nothing but the resource is done. */
const deeds: Readonly<Record<Exclude<ActionId, DocumentActionId>, Deed>> = {
  activate: async (operations, resource, key, call) =>
    said(await operations.command(key, 'activate', call), listed(resource)),
  deactivate: async (operations, resource, key, call) =>
    said(await operations.command(key, 'deactivate', call), listed(resource)),
  validate: (operations, resource, _key, call) => validate(operations, resource, call),
  syncDataObjects: async (operations, resource, key, call) => {
    const response = await operations.createSyncTask(key, call);
    const title = l10n.t('Syncing data objects of "{0}"', resource.label);
    return started(operations, response, [tasksGroup(resource).path, resource.path], { key, title });
  },
  deleteConnection: async (operations, resource, key, call) => {
    const response = await operations.deleteConnection(key, call);
    return started(operations, response, listed(resource), { key, title: deleting(resource), deletes: true });
  },
  deleteDataObject: async (operations, resource, key, call) => {
    const response = await operations.deleteDataObject(key, resource.id, call);
    const [above] = listed(resource);
    const changed = [...(above ? [above] : []), tasksPath(resource)];
    return started(operations, response, changed, { key, title: deleting(resource) });
  },
  cancelRun: cancel,
};

/**
 * Does an action that needs nothing but the resource.
 * @returns undefined where there is no such action.
 * @throws HttpError with the service's refusal.
 */
export async function runSimpleAction(
  operations: Operations,
  resource: Resource,
  actionId: string,
  call: CallOptions,
): Promise<ActionResult | undefined> {
  const deed = Object.entries(deeds).find(([id]) => id === actionId)?.[1];
  return deed?.(operations, resource, idInPath(resource.path, 'connection') ?? '', call);
}

/** The health of each component afterwards is the message. */
async function validate(
  operations: Operations,
  connection: Resource,
  call: CallOptions,
): Promise<ActionResult> {
  const response = await operations.command(connection.id, 'validate', call);
  const health =
    bodyObject(response.text)?.health ??
    bodyObject((await operations.connection(connection.id, call)).text)?.health;
  const message = healthRows(health)
    .flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`]))
    .join('; ');
  return { ...(message && { message }), changed: listed(connection) };
}

/** A cancelled run ends later: it is followed until then. */
async function cancel(
  operations: Operations,
  run: Resource,
  key: string,
  call: CallOptions,
): Promise<ActionResult> {
  const taskId = idInPath(run.path, 'task') ?? '';
  const response = await operations.cancelRun(key, taskId, run.id, call);
  const title = l10n.t('Stopping the run of {0}', run.label);
  const [list] = listed(run);
  return {
    ...said(response, list ? [list] : []),
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

/** The list that a resource stands in, and what lies below it. */
function listed({ path }: Resource): readonly ResourcePath[] {
  const list = parentPath(path);
  return list === undefined ? [path] : [list, path];
}

/** The row of the tasks of the connection that a resource lies below. */
function tasksPath({ path }: Resource): ResourcePath {
  let at: ResourcePath | undefined = path;
  while (at !== undefined && !/\/connection:[^/]*$/.test(at)) at = parentPath(at);
  return tasksGroup({ path: at ?? path }).path;
}

function deleting({ label }: Resource): string {
  return l10n.t('Deleting "{0}"', label);
}
