import type { Route } from '../common/routes';
import {
  type Component,
  type ComponentKind,
  componentPrefixes,
  makeComponents,
  componentExpansions,
  renderComponent,
} from './component';
import { findDataView } from './dataViewRoutes';
import { CjaFailure } from './failures';
import type { Organization } from './organization';
import { pageByQuery } from './paging';
import { readWords } from './parameters';

/** The operations of dimensions and metrics. They require no permission of a product admin. */
export function componentRoutes(organization: Organization): readonly Route[] {
  return (['dimension', 'metric'] as const).flatMap((kind) => {
    const list = `/data/dataviews/*/${kind}s`;
    const one: Route['run'] = ({ query }, id = '', name = '') =>
      readComponent(organization, query, kind, id, name);
    return [
      route(list, ({ query }, id = '') => listComponents(organization, query, kind, id)),
      // OpenAPI wants the ID without its prefix; the guide has it with.
      route(`${list}/*`, one),
      route(`${list}/${componentPrefixes[kind]}*`, one),
    ];
  });
}

/**
 * GET /data/dataviews/{id}/dimensions and …/metrics. `limit` is not documented: the service chooses the size of a page.
 */
function listComponents(
  organization: Organization,
  query: URLSearchParams,
  kind: ComponentKind,
  dataViewId: string,
): unknown {
  const expansion = readExpansion(query, kind);
  const included = readWords(query, 'includeType', ['hidden', 'shared']);
  const components = getComponents(organization, kind, dataViewId).filter(
    ({ hidden }) => !hidden || included.has('hidden'),
  );
  const { options } = organization;
  const page = new URLSearchParams({ page: query.get('page') ?? '0', limit: String(options.maxLimit) });
  return pageByQuery(components, page, options, (component) =>
    renderComponent(organization, kind, component, expansion),
  );
}

/** GET /data/dataviews/{id}/dimensions/{dimensionId} and …/metrics/{metricId}. */
function readComponent(
  organization: Organization,
  query: URLSearchParams,
  kind: ComponentKind,
  dataViewId: string,
  name: string,
): unknown {
  const expansion = readExpansion(query, kind);
  const id = componentPrefixes[kind] + name;
  const component = getComponents(organization, kind, dataViewId).find((one) => one.id === id);
  if (!component) throw new CjaFailure('resource_not_found', `Could not find ${kind} ${name}`);
  return renderComponent(organization, kind, component, expansion);
}

/** @throws CjaFailure `resource_not_found` if there is no such data view. */
function getComponents(
  organization: Organization,
  kind: ComponentKind,
  dataViewId: string,
): readonly Component[] {
  findDataView(organization, dataViewId);
  return makeComponents(organization.options, kind);
}

/** @throws CjaFailure for undocumented expansions. */
function readExpansion(query: URLSearchParams, kind: ComponentKind): ReadonlySet<string> {
  return readWords(query, 'expansion', componentExpansions[kind]);
}

function route(pattern: string, run: Route['run']): Route {
  return { method: 'GET', pattern, run };
}
