import type { RequestPath } from '../../../http/requestPath';
import { idInPath } from '../../contract/path';
import type { RequestTemplate } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { paths } from '../client/paths';
import { requestHeaders } from '../client/transport';

/** Immuta's pages have no documented addresses: the links of accounts and connections lead to its home page. */
export function webLink({ kind }: Resource, endpoint: string): string | undefined {
  return kind === 'account' || kind === 'connection' ? `${endpoint}/` : undefined;
}

/** The request that reads a resource, with a placeholder for the token. */
export function requestTemplate(resource: Resource, endpoint: string): RequestTemplate | undefined {
  const path = recipePath(resource);
  return path === undefined
    ? undefined
    : { method: 'GET', url: endpoint + path, headers: requestHeaders('$ACCESS_TOKEN') };
}

function recipePath({ kind, path, id }: Resource): RequestPath | undefined {
  const key = idInPath(path, 'connection') ?? '';
  switch (kind) {
    case 'account':
      return paths.connections({ limit: 100 });
    case 'connection':
      return paths.connection(key);
    case 'dataObject':
      return paths.dataObject(key, id);
    case 'group':
      return paths.tasks(key, { limit: 100 });
    case 'task':
      return paths.task(key, id);
    case 'run':
      return paths.run(key, idInPath(path, 'task') ?? '', id);
    default:
      return undefined;
  }
}
