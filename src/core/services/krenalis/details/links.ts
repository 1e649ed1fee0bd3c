import { encodeSegment, type RequestPath, linkOrNone } from '../../../http/requestPath';
import { idInPath } from '../../contract/path';
import type { RequestTemplate } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { paths } from '../client/operations';
import type { KrenalisSettings } from '../signIn/settings';
import { requestHeaders } from '../client/transport';

/** The page of a resource in the console (source, `admin/src/constants/paths.ts` and its routes). */
export function webLink(resource: Resource, { endpoint }: KrenalisSettings): string | undefined {
  return linkOrNone(() => toPageUrl(resource, endpoint));
}

function toPageUrl(resource: Resource, endpoint: string): string | undefined {
  const connections = `${endpoint}/admin/connections`;
  const connectionId = idInPath(resource.path, 'connection');
  if (connectionId === undefined) return resource.kind === 'account' ? connections : undefined;
  const connection = `${connections}/${encodeSegment(connectionId)}`;
  switch (resource.kind) {
    case 'connection':
    case 'run':
      return `${connection}/pipelines`;
    case 'pipeline':
      return `${connection}/pipelines/edit/${encodeSegment(resource.id)}`;
    case 'group':
    case 'identity':
      return `${connection}/identities`;
    default:
      return undefined;
  }
}

/** The request that reads a resource, with a placeholder for the key. */
export function requestTemplate(
  resource: Resource,
  { endpoint, workspace }: KrenalisSettings,
): RequestTemplate | undefined {
  const path = recipePath(resource);
  return path === undefined
    ? undefined
    : { method: 'GET', url: endpoint + path, headers: requestHeaders('$API_KEY', workspace) };
}

function recipePath({ kind, id, path }: Resource): RequestPath | undefined {
  switch (kind) {
    case 'account':
      return paths.connections;
    case 'connection':
      return paths.connection(id);
    case 'pipeline':
      return paths.pipeline(id);
    case 'run':
      return paths.run(id);
    case 'group':
    case 'identity':
      return paths.identities(idInPath(path, 'connection') ?? '', { first: 0, limit: 100 });
    default:
      return undefined;
  }
}
