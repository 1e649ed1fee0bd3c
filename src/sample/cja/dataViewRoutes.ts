import { person } from './connection';
import { emptyDataView, type DataView, dataViewExpansions, lowerSessions, renderDataView } from './dataView';
import { faultOfFields, faultOfNew, type Input, readInput, writtenFields } from './dataViewBody';
import { CjaFailure } from './failures';
import type { Organization } from './organization';
import { pageByQuery, sortByQuery } from './paging';
import { readFlag, readList, readWords } from './parameters';
import { drawHex } from '../common/random';

/** GET /data/dataviews. Requires no permission of a product admin. */
export function listDataViews(organization: Organization, query: URLSearchParams): unknown {
  const expansion = readExpansion(query);
  readFlag(query, 'cached', true);
  const matching = organization.dataViews().filter(dataViewFilter(query));
  const sorted = sortByQuery(matching, query, ['id', 'modifiedDate'], {
    id: ({ id }) => id,
    modifiedDate: ({ modifiedDate }) => modifiedDate,
  });
  const { envelope } = organization.options;
  const own = { ...organization.options, envelope: envelope === 'mixed' ? 'spring' : envelope } as const;
  return pageByQuery(sorted, query, own, (dataView) => renderDataView(dataView, expansion));
}

/** GET /data/dataviews/{id}. */
export function readDataView(organization: Organization, query: URLSearchParams, id: string): unknown {
  const expansion = readExpansion(query);
  return renderDataView(findDataView(organization, id), expansion);
}

/**
 * POST /data/dataviews: creates a data view, and responds with what was sent, as it was sent (guide "Use CJA API with
 * Python"), and the server-managed fields. Later responses have the words of `sessionDefinition` in lower case.
 * @throws CjaFailure
 */
export function createDataView(organization: Organization, query: URLSearchParams, body: string): unknown {
  mustBeAdmin(organization);
  const expansion = readExpansion(query);
  const input = readInput(body);
  refuseIf(faultOfNew(organization, input));
  const dataView = newDataView(organization, { ...emptyDataView, ...writtenFields(input) });
  const made = renderDataView(dataView, expansion.size > 0 ? expansion : new Set(dataViewExpansions));
  return { ...made, ...input, ...serverMade(made) };
}

/**
 * PUT /data/dataviews/{id}: changes the fields that are sent, and responds with those (guide "PUT modify a data view").
 * @throws CjaFailure
 */
export function modifyDataView(
  organization: Organization,
  query: URLSearchParams,
  body: string,
  id: string,
): unknown {
  mustBeAdmin(organization);
  const expansion = readExpansion(query);
  const dataView = findDataView(organization, id);
  const input = readInput(body);
  refuseIf(faultOfFields(organization, input));
  const { seed, now } = organization.options;
  const changes = writtenFields(input);
  const changed = {
    ...dataView,
    written: { ...dataView.written, ...changes },
    modifiedBy: person(seed, 0),
    modifiedDate: now(),
  };
  organization.setDataView(changed);
  audit(organization, changed, 'EDIT', `Updated ${Object.keys(changes).join(', ')}`);
  return { ...lowerSessions(changes), ...renderDataView(changed, expansion) };
}

/** PUT /data/dataviews/copy/{id}. The copy belongs to the user who requests it (guide). @throws CjaFailure */
export function copyDataView(organization: Organization, query: URLSearchParams, id: string): unknown {
  mustBeAdmin(organization);
  const expansion = readExpansion(query);
  const { written } = findDataView(organization, id);
  const copy = newDataView(organization, { ...written, name: `${written.name} (Copy)` });
  return { ...renderDataView(copy, expansion), componentType: 'dataView' };
}

/** DELETE /data/dataviews/{id}. @throws CjaFailure */
export function deleteDataView(organization: Organization, id: string): unknown {
  mustBeAdmin(organization);
  const dataView = findDataView(organization, id);
  organization.removeDataView(dataView.id);
  audit(organization, dataView, 'DELETE', `Deleted data view ${dataView.written.name}`);
  return { result: 'success' };
}

/** POST /data/dataviews/validate: always 200, even for invalid data views. Requires no permission (inference). */
export function validateDataView(organization: Organization, body: string): unknown {
  const message = faultOfNew(organization, readInput(body));
  return message === undefined ? { valid: true } : { valid: false, message };
}

function newDataView(organization: Organization, written: DataView['written']): DataView {
  const { seed, now } = organization.options;
  const owner = person(seed, 0);
  const id = `dv_${drawHex(24, seed, 'dataView', organization.nextDataView(), now())}`;
  const dataView = { id, owner, modifiedBy: owner, createdDate: now(), modifiedDate: now(), written };
  organization.setDataView(dataView);
  audit(organization, dataView, 'CREATE', `Created data view ${written.name}`);
  return dataView;
}

function audit(
  organization: Organization,
  { id, written: { name } }: DataView,
  action: string,
  description: string,
): void {
  const { seed, now } = organization.options;
  organization.audit({
    id: drawHex(24, seed, 'choice', organization.audited().length, now()),
    date: now(),
    action,
    description,
    user: person(seed, 0),
    component: { id, type: 'DATA_VIEW', name },
  });
}

/**
 * The owner in a request's body "is overridden by the user making the request" (guide), as are dates and IDs.
 */
function serverMade(made: Input): Input {
  const names = ['id', 'owner', 'organization', 'createdDate', 'modifiedDate', 'modifiedBy', 'isDeleted'];
  return Object.fromEntries(Object.entries(made).filter(([name]) => names.includes(name)));
}

/** @throws CjaFailure for undocumented expansions. */
function readExpansion(query: URLSearchParams): ReadonlySet<string> {
  return readWords(query, 'expansion', dataViewExpansions);
}

function dataViewFilter(query: URLSearchParams): (dataView: DataView) => boolean {
  const parent = query.get('parentDataGroupId');
  const ids = readList(query, 'dataViewIds');
  const externalIds = readList(query, 'externalIds');
  const externalParentIds = readList(query, 'externalParentIds');
  return ({ id, written: { parentDataGroupId, externalData } }) =>
    (parent === null || parentDataGroupId === parent) &&
    (!ids || ids.includes(id)) &&
    (!externalIds || externalIds.includes(String(externalData.externalId))) &&
    (!externalParentIds || externalParentIds.includes(String(externalData.externalParentId)));
}

/** @throws CjaFailure `resource_not_found` */
export function findDataView(organization: Organization, id: string): DataView {
  const dataView = organization.dataViews().find((one) => one.id === id);
  if (!dataView) throw new CjaFailure('resource_not_found', `Data view ${id} was not found`);
  return dataView;
}

/** @throws CjaFailure `insufficient_access`; the text is documented by Adobe (KCS ka-30426). */
function mustBeAdmin({ options }: Organization): void {
  if (options.admin) return;
  throw new CjaFailure('insufficient_access', 'Only IMS product admins can update/delete/create Dataview');
}

/** @throws CjaFailure `invalid_data` */
function refuseIf(fault: string | undefined): void {
  if (fault !== undefined) throw new CjaFailure('invalid_data', fault.trim());
}
