import type { SampleRequest } from '../common/exchange';
import { ImmutaFailure } from './failure';
import { readBody } from './json';
import { page, wantedByQuery } from './paging';
import { renderRun, renderTask, standing, type Run, type Task } from './task';
import type { Tenant } from './tenant';

const filters = ['type', 'status', 'trigger', 'createdBy', 'parentId'] as const;

/** GET …/tasks, with its five filters. */
export function listTasks(tenant: Tenant, { query, path }: SampleRequest, key: string): unknown {
  const render = (task: Task): Readonly<Record<string, unknown>> => renderTask(task, tenant.options);
  const wanted = filters.flatMap((name) => {
    const value = query.get(`filter[${name}]`);
    return value === null ? [] : [[name, value] as const];
  });
  const matching = tenant
    .tasks(key)
    .filter((task) => wanted.every(([name, value]) => render(task)[name] === value));
  const list = { name: 'tasks', id: ({ id }: Task) => id, path, filter: wanted };
  return page(matching, wantedByQuery(query), list, tenant.options, render);
}

/** POST …/tasks: `DATA_OBJECT_SYNC` is the only type that it takes. */
export function createTask(tenant: Tenant, { body }: SampleRequest, key: string): unknown {
  tenant.connection(key);
  if (readBody(body).type !== 'DATA_OBJECT_SYNC') throw new ImmutaFailure(400, 'Invalid request payload');
  return renderTask(tenant.addTask(key, 'DATA_OBJECT_SYNC'), tenant.options);
}

/** GET …/tasks/{taskId} */
export function getTask(tenant: Tenant, key: string, taskId: string): unknown {
  return renderTask(tenant.task(key, taskId), tenant.options);
}

/** GET …/tasks/{taskId}/runs, with its filter. */
export function listRuns(
  tenant: Tenant,
  { query, path }: SampleRequest,
  key: string,
  taskId: string,
): unknown {
  const { now, runSeconds } = tenant.options;
  const status = query.get('filter[status]');
  const matching = tenant
    .task(key, taskId)
    .runs.filter((run) => status === null || standing(run, now(), runSeconds).status === status);
  const list = { name: 'runs', id: ({ id }: Run) => id, path, filter: status };
  return page(matching, wantedByQuery(query), list, tenant.options, (run) => renderRun(run, tenant.options));
}

/** GET …/runs/{runId} */
export function getRun(tenant: Tenant, key: string, taskId: string, runId: string): unknown {
  return renderRun(tenant.run(key, taskId, runId), tenant.options);
}

/** POST …/runs/{runId}/_cancel. That an ended run is refused is inferred. */
export function cancelRun(tenant: Tenant, key: string, taskId: string, runId: string): unknown {
  const { now, runSeconds } = tenant.options;
  if (standing(tenant.run(key, taskId, runId), now(), runSeconds).completedAt !== undefined) {
    throw new ImmutaFailure(409, 'Unable to cancel task run. Task run is already completed.');
  }
  tenant.cancel(key, taskId, runId);
  return { runId, message: 'Task run cancellation requested' };
}
