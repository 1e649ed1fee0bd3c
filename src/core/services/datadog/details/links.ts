import { idInPath } from '../../contract/path';
import type { RequestTemplate } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { paths } from '../client/operations';
import { findEntity } from '../levels/resources';
import { type DatadogSettings, type Credentials, requestHeaders } from '../signIn/settings';
import { appOrigin } from '../signIn/sites';

/**
 * The page of a resource's entity in Datadog's web interface (Datadog's documentation, "Managing Profiles").
 * Connections have no documented page.
 */
export function webLink(resource: Resource, { site }: DatadogSettings): string | undefined {
  if (site === undefined) return undefined;
  const profiles = `${appOrigin(site)}/product-analytics/profiles`;
  return findEntity(resource)?.id === 'accounts' ? `${profiles}/accounts` : profiles;
}

/**
 * The request that reads a resource, with placeholders for credentials. A connection and a field are part of a list,
 * because no operation returns a single one.
 */
export function requestTemplate(
  resource: Resource,
  { endpoint, entities: [first = ''] }: DatadogSettings,
  withKeys: boolean,
): RequestTemplate {
  const entity = findEntity(resource)?.id ?? first;
  const path =
    idInPath(resource.path, 'group') === undefined ? paths.connections(entity) : paths.mapping(entity);
  return { method: 'GET', url: endpoint + path, headers: requestHeaders(placeholders(withKeys)) };
}

function placeholders(withKeys: boolean): Credentials {
  return withKeys ? { apiKey: '$DD_API_KEY', applicationKey: '$DD_APP_KEY' } : { token: '$DD_ACCESS_TOKEN' };
}
