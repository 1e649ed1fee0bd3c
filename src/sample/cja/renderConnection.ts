import type { Backfill } from './backfill';
import type { Connection, Person } from './connection';
import type { DataSet } from './dataSet';
import { isoDate } from '../common/dates';
import { spoilBackfill, spoilConnection, spoilDataSet } from './hostile';
import type { Organization } from './organization';
import { drawHex } from '../common/random';
import { dataSourceTypes, organizationId } from './words';

/** What a request asks for. */
export interface View {
  readonly organization: Organization;
  readonly expansion: ReadonlySet<string>;
  /** `includeHiddenDataSets` */
  readonly hidden: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields that each expansion adds to a connection, in the order of responses. */
const connectionFields: Readonly<Record<string, (connection: Connection, view: View) => Fields>> = {
  name: ({ name }) => ({ name }),
  description: ({ description }) => ({ description }),
  owner: ({ owner, shown }) => ({
    owner: renderOwner(owner, shown === 'systemUserOwned' ? 'systemUser' : 'imsUser'),
  }),
  ownerFullName: ({ owner }) => ({ ownerFullName: owner.name }),
  isDeleted: () => ({ isDeleted: false }),
  isDisabled: ({ shown }) => ({ isDisabled: shown === 'disabled' }),
  dataSets: (connection, view) => ({
    dataSets: view.organization
      .dataSets(connection, view.hidden)
      .map((dataSet) => renderDataSet(connection, dataSet, view)),
  }),
  createdDate: ({ createdDate }) => ({ createdDate: isoDate(createdDate) }),
  modified: ({ modifiedDate, modifiedBy }) => ({
    modifiedDate: isoDate(modifiedDate),
    modifiedBy: modifiedBy.imsUserId,
    modifiedByFullName: modifiedBy.name,
  }),
  caseSensitive: () => ({ caseSensitive: true }),
  organization: () => ({ organization: organizationId }),
  components: () => ({ components: [] }),
  numDailyEvents: ({ index }) => ({ numDailyEvents: 1000 * (index + 1) }),
  externalData: ({ idWithoutPrefix }) => ({ externalData: { externalId: idWithoutPrefix } }),
  backfillEnabled: () => ({ backfillEnabled: true }),
  backfillsSummaryConnection: (connection, { organization }) => ({
    backfillSummary: organization.backfillSummary(connection),
  }),
  sandboxName: ({ sandbox }) => ({ sandboxName: sandbox.name }),
  sandboxId: ({ sandbox }) => ({ sandboxId: sandbox.id }),
  fieldsId: ({ idWithoutPrefix }) => ({ fieldsId: `fields_${idWithoutPrefix}` }),
  floatPrecision: () => ({ floatPrecision: 2 }),
  dataRetentionMonths: () => ({ dataRetentionMonths: 25 }),
  validationErrors: (connection, { organization }) => ({
    connectionValidationErrors: validationErrors(connection, organization.dataSets(connection)),
  }),
  resolveIdentityNamespace: (connection, { organization, hidden }) => ({
    identityNamespaceData: organization.dataSets(connection, hidden).map(({ id, kind }) => ({
      dataSetId: id,
      domain: 'catalog',
      ...identity(kind.namespace),
      identityNamespaceCol: kind.namespace,
    })),
  }),
  tags: ({ index }) => ({ tags: index % 3 === 0 ? ['governed', 'weekly report'] : [] }),
  primaryIdType: () => ({ primaryIdType: 'person' }),
  configuredContainers: () => ({ configuredContainers: [] }),
  componentType: () => ({ componentType: 'dataGroup' }),
  internalLabels: () => ({ internalLabels: [] }),
};

/** The fields that each expansion adds to datasets, if `dataSets` is requested too (inference). */
const dataSetFields: Readonly<
  Record<string, (connection: Connection, dataSet: DataSet, view: View) => Fields>
> = {
  schemaInfo: (_, { schemaNumber, kind }, { organization }) => {
    const { seed } = organization.options;
    const schemaId = `https://ns.adobe.com/sample/schemas/${drawHex(48, seed, 'schema', schemaNumber)}`;
    const schemaRef = { id: schemaId, contentType: 'application/vnd.adobe.xed-full+json;version=1' };
    return { schemaInfo: { schemaId, schemaName: `${kind.name} schema`, schemaRef } };
  },
  granularBackfills: (connection, dataSet, { organization }) => ({
    backfills: organization
      .backfills(connection, dataSet)
      .map((backfill) => renderBackfill(backfill, organization)),
  }),
  backfillsSummaryDataSets: (connection, dataSet, { organization }) => ({
    backfillSummary: organization.backfillSummary(connection, dataSet.place),
  }),
  dataSetLastIngested: (_, { lastIngestedTime }) => ({ lastIngestedTime: isoDate(lastIngestedTime) }),
  granularStreaming: (_, { streaming, streamingEnabledAt }) =>
    streaming ? { streamingEnabledAt: isoDate(streamingEnabledAt) } : {},
  stitchedDataSets: (_, { kind }) => ({ stitchingEnabled: kind.namespace === 'ECID' }),
};

/** The expansions of one connection and of search, as Adobe's OpenAPI document lists them. */
export const connectionExpansions = [...Object.keys(connectionFields), ...Object.keys(dataSetFields)];

/** Those of the list. `ownerFullName` is documented for one connection only, but real clients send it with the list. */
export const connectionListExpansions = connectionExpansions.filter(
  (name) => !['schemaInfo', 'tags', 'internalLabels'].includes(name),
);

/** A connection: its IDs, and what the expansion adds. */
export function renderConnection(connection: Connection, view: View): unknown {
  const fields: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(connectionFields)) {
    if (view.expansion.has(name)) Object.assign(fields, make(connection, view));
  }
  const json = { ...fields, idWithoutPrefix: connection.idWithoutPrefix, id: connection.id };
  return view.organization.options.hostile ? spoilConnection(connection.index, json) : json;
}

function renderDataSet(connection: Connection, dataSet: DataSet, view: View): unknown {
  const { kind } = dataSet;
  const json: Record<string, unknown> = {
    dataSetId: dataSet.id,
    domain: 'catalog',
    type: kind.type,
    ...(kind.type === 'event' && { timestampId: 'timestamp' }),
    ...(kind.type === 'lookup'
      ? {
          lookupKeyField: '_sample.key',
          lookupParentFields: ['productListItems.SKU'],
          lookupParentDataSetType: 'event',
        }
      : { visitorId: `_sample.identity.${kind.namespace.toLowerCase()}`, ...identity(kind.namespace) }),
    name: dataSet.name,
    streaming: dataSet.streaming,
    dataSourceType: dataSourceTypes.find(({ id }) => id === kind.source),
  };
  for (const [name, make] of Object.entries(dataSetFields)) {
    if (view.expansion.has(name)) Object.assign(json, make(connection, dataSet, view));
  }
  return view.organization.options.hostile ? spoilDataSet(dataSet.place, json) : json;
}

/** An item of a list of backfills. */
export function renderBackfill(backfill: Backfill, { options }: Organization): unknown {
  const { place, id, dataSetId, status, startDate, endDate, createdDate, allData } = backfill;
  const json = {
    id,
    dataSetId,
    status,
    startDate: startDate === undefined ? null : isoDate(startDate),
    endDate: endDate === undefined ? null : isoDate(endDate),
    createdDate: isoDate(createdDate),
    allData,
  };
  return options.hostile ? spoilBackfill(place, json) : json;
}

function renderOwner({ imsUserId }: Person, type: 'imsUser' | 'systemUser'): Fields {
  return { imsUserId, ownerId: imsUserId.split('@')[0], name: null, type };
}

function identity(namespace: string): Fields {
  return { identityNamespace: namespace, usePrimaryIdNamespace: false, identityMap: namespace === 'ECID' };
}

function validationErrors({ mood }: Connection, [dataSet]: readonly DataSet[]): readonly Fields[] {
  if (mood !== 'failing' || !dataSet) return [];
  return [
    {
      errorCode: 'MISSING_FIELD',
      dataSetId: dataSet.id,
      dataSetName: dataSet.name,
      missingField: 'timestamp',
    },
    { errorCode: 'SCHEMA_UNAVAILABLE', dataSetId: dataSet.id, dataSetName: dataSet.name },
  ];
}
