/**
 * The optional fields that are asked for, by operation. A field's name here is not always its name in the answer
 * (`modified` gives modifiedDate, modifiedBy and modifiedByFullName).
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

/** What the tree shows of datasets, as far as the list of connections can bring it along. */
export const datasetRow = [
  'dataSets',
  'backfillsSummaryDataSets',
  'dataSetLastIngested',
  'granularStreaming',
] as const;

/** What brings the backfills along with their datasets. */
export const backfillRow = ['granularBackfills'] as const;

/** One connection and its datasets, their schemas included, and whether they are stitched. */
export const connectionDetail = [...connectionRow, ...datasetRow, 'schemaInfo', 'stitchedDataSets'] as const;

/** Every field that the list of connections documents (guide "GET all connections"). */
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

/** Every field that one connection documents (guide "GET connection by ID", and OpenAPI for the last four). */
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

/** Every field that a data view documents (guide "GET a single data view", OpenAPI). */
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

/** A name of several words, such as `ownerFullName`, stands for nothing else in a sentence. */
const UNMISTAKABLE = /[a-z][A-Z]/;

/**
 * The expansions that a refusal names. `Unknown expansion name "tags"` names `tags` and not `name`: a plain word counts
 * only where it is quoted or listed.
 */
export function namedIn(wanted: readonly string[], message: string): readonly string[] {
  const words = new Set(message.split(/\W+/));
  const listed = new Set(
    Array.from(message.matchAll(/["'`[,:=]\s*(\w+)\s*(?=["'`\],.);]|$)/g), ([, name]) => name),
  );
  return wanted.filter((name) => (UNMISTAKABLE.test(name) ? words : listed).has(name));
}

/** Those of the expansions that the list of connections documents. */
export function withoutUndocumented(wanted: readonly string[]): readonly string[] {
  return wanted.filter((name) => documentedInList.some((known) => known === name));
}
