import type { Route } from '../common/routes';
import {
  createConnection,
  deleteConnection,
  linkConnections,
  listConnections,
  readConnection,
  updateConnection,
} from './connectionRoutes';
import { connectors } from './connectors';
import { badRequest } from './failures';
import type { Gate, Scope } from './gate';
import { listIdentities } from './identityRoutes';
import { isId } from './ids';
import { OAuth } from './oauth';
import {
  listErrors,
  listRuns,
  metricsByDay,
  readPipeline,
  readRun,
  setStatus,
  startRun,
} from './pipelineRoutes';
import type { Workspace } from './workspace';

/** All operations; literal segments of a path before those that match any ID. */
export function createRoutes(workspace: Workspace, gate: Gate): readonly Route[] {
  const oauth = new OAuth();
  const route = (method: string, pattern: string, run: Route['run'], scope: Scope = 'workspace'): Route => ({
    method,
    pattern,
    run: (request, ...ids) => {
      gate.admit(request, scope);
      for (const id of ids) checkId(workspace, pattern, id);
      return run(request, ...ids);
    },
  });
  /** Its steps are no IDs. */
  const unchecked = (pattern: string, run: Route['run']): Route => ({
    method: 'GET',
    pattern,
    run: (request, ...steps) => {
      gate.admit(request, 'workspace');
      return run(request, ...steps);
    },
  });
  return [
    route('GET', '/v1/workspaces', () => ({ workspaces: [renderWorkspace(workspace)] }), 'organization'),
    route('GET', '/v1/workspaces/current', () => renderWorkspace(workspace)),
    route('GET', '/v1/connectors', () => ({ connectors: [...connectors.values()] }), 'any'),
    route('GET', '/v1/connections', () => listConnections(workspace)),
    route('POST', '/v1/connections', (request) => createConnection(workspace, oauth, request)),
    route('GET', '/v1/connections/auth-url', (request) => oauth.authUrl(request), 'any'),
    route('GET', '/v1/connections/auth-token', (request) => oauth.authToken(request)),
    route('GET', '/v1/connections/*', (_, id = '') => readConnection(workspace, id)),
    route('PUT', '/v1/connections/*', (request, id = '') => {
      updateConnection(workspace, request, id);
    }),
    route('DELETE', '/v1/connections/*', (_, id = '') => {
      deleteConnection(workspace, id);
    }),
    route('POST', '/v1/connections/*/links/*', (_, src = '', dst = '') => {
      linkConnections(workspace, src, dst, true);
    }),
    route('DELETE', '/v1/connections/*/links/*', (_, src = '', dst = '') => {
      linkConnections(workspace, src, dst, false);
    }),
    route('GET', '/v1/connections/*/identities', (request, id = '') =>
      listIdentities(workspace, request, id),
    ),
    route('GET', '/v1/pipelines/runs', () => listRuns(workspace)),
    route('GET', '/v1/pipelines/runs/*', (_, id = '') => readRun(workspace, id)),
    unchecked('/v1/pipelines/errors/*/*', (request, start = '', end = '') =>
      listErrors(workspace, request, start, end),
    ),
    unchecked('/v1/pipelines/metrics/days/*', (request, days = '') => metricsByDay(workspace, request, days)),
    route('GET', '/v1/pipelines/*', (_, id = '') => readPipeline(workspace, id)),
    route('POST', '/v1/pipelines/*/runs', (request, id = '') => startRun(workspace, request, id)),
    route('PUT', '/v1/pipelines/*/status', (request, id = '') => {
      setStatus(workspace, request, id);
    }),
  ];
}

function checkId({ options }: Workspace, pattern: string, id: string): void {
  const kind = pattern.includes('/runs/')
    ? 'run'
    : pattern.includes('/pipelines/')
      ? 'pipeline'
      : 'connection';
  if (!isId(options, id)) throw badRequest(`${kind} identifier "${id}" is not valid`);
}

function renderWorkspace({ id, warehouseMode }: Workspace): unknown {
  const type = { kind: 'string', maxLength: 300 };
  const properties = ['email', 'first_name'].map((name) => ({
    name,
    type,
    readOptional: true,
    description: '',
  }));
  return {
    id,
    name: 'Sample workspace',
    profileSchema: { kind: 'object', properties },
    primarySources: {},
    resolveIdentitiesOnBatchImport: true,
    identifiers: [],
    warehouseMode,
    uiPreferences: { profile: { image: '', firstName: 'first_name', lastName: '', extra: 'email' } },
  };
}
