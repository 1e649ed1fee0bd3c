/**
 * The optional fields that are requested, by operation. A field's name here may differ from its name in the response
 * (`modified` returns modifiedDate, modifiedBy and modifiedByFullName).
 */

/** What the tree shows of a connection. */
export const connectionRow = [
  'name',
  'description',
  'owner',
  'ownerFullName',
  'sandboxName',
  'createdDate',
  'modified',
  'dataRetentionMonths',
  'backfillsSummaryConnection',
  'validationErrors',
  'isDisabled',
] as const;

/** What the tree shows of datasets, as far as the list of connections can include it. */
export const datasetRow = [
  'dataSets',
  'backfillsSummaryDataSets',
  'dataSetLastIngested',
  'granularStreaming',
] as const;

/** Includes the backfills with their datasets. */
export const backfillRow = ['granularBackfills'] as const;

/** One connection and its datasets, including their schemas, and whether they are stitched. */
export const connectionDetail = [...connectionRow, ...datasetRow, 'schemaInfo', 'stitchedDataSets'] as const;

/** Every field that is documented for the list of connections (guide "GET all connections"). */
const documentedInList = [
  'name',
  'description',
  'owner',
  'isDeleted',
  'isDisabled',
  'dataSets',
  'createdDate',
  'modified',
  'caseSensitive',
  'organization',
  'components',
  'numDailyEvents',
  'externalData',
  'backfillEnabled',
  'granularBackfills',
  'granularStreaming',
  'backfillsSummaryConnection',
  'backfillsSummaryDataSets',
  'dataSetLastIngested',
  'sandboxName',
  'sandboxId',
  'fieldsId',
  'floatPrecision',
  'dataRetentionMonths',
  'validationErrors',
  'resolveIdentityNamespace',
  'stitchedDataSets',
] as const;

/** Every field that is documented for one connection (guide "GET connection by ID", and OpenAPI for the last four). */
export const connectionFull = [
  ...documentedInList,
  'ownerFullName',
  'schemaInfo',
  'tags',
  'primaryIdType',
  'configuredContainers',
  'componentType',
  'internalLabels',
] as const;

/** What the tree, tooltips and the panel show of a data view (OpenAPI). */
export const dataViewRow = [
  'name',
  'description',
  'owner',
  'parentDataGroupId',
  'timezoneDesignator',
  'modified',
  'createdDate',
  'sessionDefinition',
] as const;

/** Every field that is documented for a data view (guide "GET a single data view", OpenAPI). */
export const dataViewFull = [
  ...dataViewRow,
  'isDeleted',
  'segmentList',
  'currentTimezoneOffset',
  'organization',
  'curationEnabled',
  'recentRecordedAccess',
  'externalData',
  'containerNames',
] as const;

/** What the tree, tooltips and the panel show of a dimension or metric (OpenAPI). */
export const componentRow = [
  'description',
  'type',
  'schemaPath',
  'sourceFieldName',
  'dataSetType',
  'hidden',
  'hideFromReporting',
  'hasData',
  'approved',
] as const;

/** Every field that is documented for both dimensions and metrics (OpenAPI). */
const componentFull = [
  ...componentRow,
  'favorite',
  'tags',
  'usageSummary',
  'usageSummaryWithRelevancyScore',
  'sourceFieldId',
  'segmentable',
  'required',
  'includeExcludeSetting',
  'fieldDefinition',
  'storageId',
  'tableName',
  'dataSetIds',
  'schemaType',
  'sourceFieldType',
  'fromGlobalLookup',
  'multiValued',
  'precision',
] as const;

/** Every field that is documented for a dimension, and for a metric (OpenAPI). */
export const fullComponents = {
  dimension: [
    ...componentFull,
    'bucketingSetting',
    'noValueOptionsSetting',
    'defaultDimensionSort',
    'persistenceSetting',
  ],
  metric: [...componentFull, 'countType', 'formatSetting', 'attributionSetting'],
} as const;

/** A camelCase name, such as `ownerFullName`, means nothing else in a sentence. */
const UNMISTAKABLE = /[a-z][A-Z]/;

/**
 * The expansions that a rejection names. `Unknown expansion name "tags"` names `tags` and not `name`: a plain word only
 * counts if it is quoted or listed.
 */
export function namedIn(wanted: readonly string[], message: string): readonly string[] {
  const words = new Set(message.split(/\W+/));
  const listed = new Set(
    Array.from(message.matchAll(/["'`[,:=]\s*(\w+)\s*(?=["'`\],.);]|$)/g), ([, name]) => name),
  );
  return wanted.filter((name) => (UNMISTAKABLE.test(name) ? words : listed).has(name));
}

/** The expansions that are documented for the list of connections. */
export function withoutUndocumented(wanted: readonly string[]): readonly string[] {
  return wanted.filter((name) => documentedInList.some((known) => known === name));
}
