import { encodeSegment, type RequestPath, linkOrNone } from '../../../http/requestPath';
import { idInPath } from '../../contract/path';
import type { RequestTemplate } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import {
  componentRow,
  connectionFull,
  connectionRow,
  dataViewFull,
  dataViewRow,
  fullComponents,
} from '../client/expansions';
import { componentPaths, paths } from '../client/operations';
import { withoutComponentPrefix } from '../client/schemas';
import { getComponentKind } from '../levels/resources';
import type { CjaSettings } from '../signIn/settings';
import { requestHeaders } from '../client/transport';

const EXPERIENCE_CLOUD = 'https://experience.adobe.com';

/**
 * The page of a resource in Adobe's web interface (CJA release notes of March 2024). Without a tenant, links open in
 * the organization that the browser is signed in to (inference).
 */
export function webLink(resource: Resource, { tenant }: CjaSettings): string | undefined {
  return linkOrNone(() => toPageUrl(resource, tenant));
}

function toPageUrl(resource: Resource, tenant: string | undefined): string | undefined {
  const root = `${EXPERIENCE_CLOUD}/#/${tenant === undefined ? '' : `@${encodeSegment(tenant)}/`}`;
  const pages = `${root}platform/analytics/#/apps/data-management`;
  switch (resource.kind) {
    case 'account':
      return `${pages}/connections`;
    case 'connection':
    case 'backfill':
      return connectionLink(pages, resource);
    case 'dataset':
      return datasetLink(root, resource) ?? connectionLink(pages, resource);
    case 'group':
    case 'dataView':
    case 'dimension':
    case 'metric':
      return dataViewLink(pages, resource);
    default:
      return undefined;
  }
}

/** The page of a dataset in Experience Platform, which requires the sandbox (Adobe's sample notebook). */
function datasetLink(root: string, { id, searchAttributes }: Resource): string | undefined {
  const sandbox = searchAttributes?.sandbox;
  if (sandbox === undefined) return undefined;
  return `${root}sname:${encodeSegment(sandbox)}/platform/dataset/browse/${encodeSegment(id)}`;
}

/** The page of the connection that `resource` is or is below. It requires the ID with its prefix. */
function connectionLink(pages: string, resource: Resource): string | undefined {
  const id = idInPath(resource.path, 'connection');
  return id === undefined ? undefined : `${pages}/connections/${encodeSegment(longId(id))}`;
}

/** The page of the data view that `resource` is or is below, which shows its dimensions and metrics; else that of all. */
function dataViewLink(pages: string, resource: Resource): string {
  const id = idInPath(resource.path, 'dataView');
  return `${pages}/data-views${id === undefined ? '' : `/${encodeSegment(id)}/edit`}`;
}

/** The ID of a connection with its prefix `dg_`. */
function longId(id: string): string {
  return id.startsWith('dg_') ? id : `dg_${id}`;
}

/** The request that reads a resource, with placeholders for values of the account. */
export function requestTemplate(resource: Resource, { endpoint }: CjaSettings): RequestTemplate | undefined {
  const path = recipePath(resource);
  return path === undefined
    ? undefined
    : {
        method: 'GET',
        url: endpoint + path,
        headers: requestHeaders('$ACCESS_TOKEN', '$CLIENT_ID', '$ORG_ID'),
      };
}

function recipePath(resource: Resource): RequestPath | undefined {
  const connectionId = idInPath(resource.path, 'connection');
  if (connectionId === undefined) {
    return resource.kind === 'account'
      ? paths.connections({ expansion: connectionRow, limit: 100 })
      : undefined;
  }
  const dataViewId = idInPath(resource.path, 'dataView') ?? '';
  switch (resource.kind) {
    case 'connection':
    case 'dataset':
      return paths.connection(connectionId, { expansion: connectionFull });
    case 'backfill':
      return paths.backfills(connectionId, idInPath(resource.path, 'dataset') ?? '', {});
    case 'dataView':
      return paths.dataView(resource.id, { expansion: dataViewFull });
    case 'dimension':
    case 'metric':
      return componentPaths[resource.kind].named(dataViewId, withoutComponentPrefix(resource.id), {
        expansion: fullComponents[resource.kind],
      });
    case 'group': {
      const kind = getComponentKind(resource);
      return kind
        ? componentPaths[kind].all(dataViewId, { includeType: ['hidden'], expansion: componentRow })
        : paths.dataViews({ parentDataGroupId: connectionId, expansion: dataViewRow });
    }
    default:
      return undefined;
  }
}

/** A connection's ID without the prefix `dg_`, which the service calls `idWithoutPrefix`. */
export function shortId({ kind, id }: Resource): string | undefined {
  return kind === 'connection' && id.startsWith('dg_') ? id.slice(3) : undefined;
}
