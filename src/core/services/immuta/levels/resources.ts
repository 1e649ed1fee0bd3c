import * as l10n from '@vscode/l10n';
import { constantText } from '../../../../shared/status';
import { minute } from '../../common/dates';
import { childPath, type ResourcePath } from '../../contract/path';
import type { JsonObject } from '../../../http/json';
import type { Resource } from '../../contract/resource';
import { compact } from '../../common/decode';
import type { Connection, DataObject, Run, Task } from '../client/schemas';
import { connectionStatus, runStatus, taskStatus } from './status';

/** The row of a connection in the list of its account. */
export function connectionResource(parent: Resource, connection: Connection, json: JsonObject): Resource {
  return connectionAt(childPath(parent.path, 'connection', connection.connectionKey), connection, json);
}

/** The row of a connection with a known path. Its key is its name. */
export function connectionAt(path: ResourcePath, connection: Connection, json: JsonObject): Resource {
  const { connectionKey: key, technology, state, createdBy } = connection;
  return {
    path,
    kind: 'connection',
    id: key,
    label: key,
    ...(technology && { description: technology }),
    status: connectionStatus(state),
    hasChildren: true,
    json,
    searchAttributes: compact({ technology, owner: createdBy }),
  };
}

/** The row of a data object. The service does not say whether it has children: all may. */
export function dataObjectResource(parent: Resource, object: DataObject, json: JsonObject): Resource {
  const type = object.type ?? object.normalizedType;
  return {
    path: childPath(parent.path, 'dataObject', object.id),
    kind: 'dataObject',
    id: object.id,
    label: object.name ?? object.id,
    ...(type && { description: type }),
    hasChildren: true,
    json,
    searchAttributes: compact({ type, technology: object.technology }),
  };
}

/** The group of a connection's tasks. */
export function tasksGroup(connection: Pick<Resource, 'path'>): Resource {
  const id = 'tasks';
  return {
    path: childPath(connection.path, 'group', id),
    kind: 'group',
    id,
    label: l10n.t('Tasks'),
    hasChildren: true,
  };
}

/** The row of a task, labeled by its type, because it has no name. */
export function taskResource(parent: Resource, task: Task, json: JsonObject): Resource {
  const { taskId: id, type, trigger, createdAt, createdBy } = task;
  const description = [trigger && constantText(trigger), createdAt && minute(createdAt)]
    .filter(Boolean)
    .join(', ');
  return {
    path: childPath(parent.path, 'task', id),
    kind: 'task',
    id,
    label: type ?? id,
    ...(description && { description }),
    status: taskStatus(task.status),
    hasChildren: true,
    json,
    searchAttributes: compact({ owner: createdBy, trigger }),
  };
}

/** The row of a run, labeled by its start. */
export function runResource(parent: Pick<Resource, 'path'>, run: Run, json: JsonObject): Resource {
  const begun = run.startedAt ?? run.createdAt;
  return {
    path: childPath(parent.path, 'run', run.runId),
    kind: 'run',
    id: run.runId,
    label: begun === undefined ? run.runId : minute(begun),
    status: runStatus(run),
    hasChildren: false,
    json,
  };
}
