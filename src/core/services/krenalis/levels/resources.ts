import * as l10n from '@vscode/l10n';
import { minute } from '../../common/dates';
import { ids, compact } from '../../common/decode';
import { childPath, type ResourcePath } from '../../contract/path';
import type { JsonObject } from '../../../http/json';
import type { Resource, Status } from '../../contract/resource';
import type { Connection, Identity, Pipeline, Run } from '../client/schemas';
import { type LastRun, pipelineStatus, runStatus } from './status';
import { countsText } from './steps';

/** The row of a connection. Its status combines those of its pipelines. */
export function connectionResource(
  path: ResourcePath,
  connection: Connection,
  status: Status,
  json: JsonObject,
): Resource {
  const { id, name, role, connector } = connection;
  return {
    path,
    kind: 'connection',
    id,
    label: name ?? id,
    ...described([role, connector]),
    status,
    hasChildren: true,
    json,
    searchAttributes: compact({ role, connector }),
  };
}

/** The row of a pipeline. Only batch pipelines have runs; event pipelines do not. */
export function pipelineResource(
  parent: Resource,
  pipeline: Pipeline,
  json: JsonObject,
  lastRun: LastRun,
): Resource {
  const { id, name, target, running } = pipeline;
  return {
    path: childPath(parent.path, 'pipeline', id),
    kind: 'pipeline',
    id,
    label: name ?? id,
    ...described([target, scheduleText(pipeline)]),
    status: pipelineStatus(pipeline, lastRun),
    hasChildren: running !== undefined,
    json,
    searchAttributes: compact({ target, connector: pipeline.connector }),
  };
}

/** The row of a run, labeled by its start. */
export function runResource(parent: Resource, run: Run, json: JsonObject): Resource {
  return {
    path: childPath(parent.path, 'run', run.id),
    kind: 'run',
    id: run.id,
    label: run.startTime === undefined ? run.id : minute(run.startTime),
    ...described([countsText(run), run.error]),
    status: runStatus(run),
    hasChildren: false,
    json,
  };
}

/** The group of a connection's identities. */
export function identitiesGroup(parent: Resource): Resource {
  const id = 'identities';
  return {
    path: childPath(parent.path, 'group', id),
    kind: 'group',
    id,
    label: l10n.t('Identities'),
    hasChildren: true,
  };
}

/** The row of an identity. One user may come from several pipelines, so its path includes the pipeline. */
export function identityResource(parent: Resource, identity: Identity, json: JsonObject): Resource {
  const { userId, pipeline, updatedAt } = identity;
  const anonymousIds = ids(identity.anonymousIds);
  const id = userId ?? anonymousIds.join(',');
  const [label = ''] = userId === undefined ? anonymousIds : [userId];
  return {
    path: childPath(parent.path, 'identity', `${pipeline ?? ''}:${id}`),
    kind: 'identity',
    id,
    label,
    ...described([
      userId === undefined ? l10n.t('anonymous') : undefined,
      updatedAt === undefined ? undefined : minute(updatedAt),
    ]),
    hasChildren: false,
    json,
  };
}

/** The schedule of a pipeline: `every 1h from 01:06`; undefined without a schedule. */
export function scheduleText({ schedulePeriod: period, scheduleStart: start }: Pipeline): string | undefined {
  if (period === undefined) return undefined;
  if (start === undefined) return l10n.t('every {0}', period);
  return l10n.t('every {0} from {1}', period, clock(start));
}

/** The IDs of linked connections; invalid ones are left out. */
export function linkedIds({ linkedConnections }: Connection): readonly string[] {
  return ids(linkedConnections);
}

function clock(minutes: number): string {
  const parts = [Math.floor(minutes / 60) % 24, Math.floor(minutes) % 60];
  return parts.map((part) => String(Math.abs(part)).padStart(2, '0')).join(':');
}

function described(parts: readonly (string | undefined)[]): Pick<Resource, 'description'> {
  const description = parts.filter((part) => part !== undefined).join(' · ');
  return description === '' ? {} : { description };
}
