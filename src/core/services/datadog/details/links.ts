import { idInPath } from '../../contract/path';
import type { RequestTemplate } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { paths } from '../client/operations';
import { findEntity } from '../levels/resources';
import { type DatadogSettings, type Proof, requestHeaders } from '../signIn/settings';
import { appOrigin } from '../signIn/sites';

/**
 * The page of Datadog's web interface that shows the profiles of a resource's entity (Datadog's documentation,
 * "Managing Profiles"). A connection has no page that is documented.
 */
export function webLink(resource: Resource, { site }: DatadogSettings): string | undefined {
  if (site === undefined) return undefined;
  const profiles = `${appOrigin(site)}/product-analytics/profiles`;
  return findEntity(resource)?.id === 'accounts' ? `${profiles}/accounts` : profiles;
}

/**
 * The request that reads a resource, with placeholders for what signs it in. A connection and a field come with the
 * whole list, for there is no operation that gives one alone.
 */
export function recipe(
  resource: Resource,
  { endpoint, entities: [first = ''] }: DatadogSettings,
  withKeys: boolean,
): RequestTemplate {
  const entity = findEntity(resource)?.id ?? first;
  const path =
    idInPath(resource.path, 'group') === undefined ? paths.connections(entity) : paths.mapping(entity);
  return { method: 'GET', url: endpoint + path, headers: requestHeaders(placeholders(withKeys)) };
}

function placeholders(withKeys: boolean): Proof {
  return withKeys ? { apiKey: '$DD_API_KEY', applicationKey: '$DD_APP_KEY' } : { token: '$DD_ACCESS_TOKEN' };
}
