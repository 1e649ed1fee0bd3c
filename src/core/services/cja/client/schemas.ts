/** The data of the service, as far as this extension reads it (guide "Connections", OpenAPI). Only IDs are required. */
import * as v from 'valibot';
import { flag, flagOrNumber, id, list, number, part, text } from '../../common/decode';
import { texts } from '../../../base/texts';
import type { Identifying } from '../../common/readOne';

/**
 * The counts of a connection's or dataset's backfills. The guide describes `invalid` as a number and types it as a
 * boolean.
 */
export const backfillSummary = part({
  total: number,
  failed: number,
  inProgress: number,
  completed: number,
  invalid: flagOrNumber,
});

export const connectionSchema = v.object({
  id,
  idWithoutPrefix: text,
  name: text,
  description: text,
  /** `name` is null in every documented example; `ownerFullName` is the readable one. */
  owner: part({ imsUserId: text, name: text, type: text }),
  ownerFullName: text,
  sandboxName: text,
  createdDate: text,
  modifiedDate: text,
  modifiedBy: text,
  modifiedByFullName: text,
  dataRetentionMonths: number,
  isDisabled: flag,
  backfillSummary,
  connectionValidationErrors: list,
  tags: list,
  dataSets: list,
});

export type Connection = v.InferOutput<typeof connectionSchema>;

/** Identifies a connection. Sources differ on whether its ID has the prefix `dg_`. */
export const connectionIdentity: Identifying<typeof connectionSchema> = {
  schema: connectionSchema,
  idKey: 'id',
  isSame: (asked, answered) => withoutPrefix(asked) === withoutPrefix(answered),
};

function withoutPrefix(connectionId: string): string {
  return connectionId.replace(/^dg_/, '');
}

export const datasetSchema = v.object({
  dataSetId: id,
  name: text,
  /** `event`, `profile`, `lookup`, or others. */
  type: text,
  timestampId: text,
  visitorId: text,
  identityNamespace: text,
  lookupKeyField: text,
  /** A list of fields in OpenAPI, one field in the guide. */
  lookupParentFields: v.fallback(
    v.optional(
      v.pipe(
        v.union([v.array(v.unknown()), v.string()]),
        v.transform((given) => texts([given].flat()).filter((field) => field.trim() !== '')),
      ),
    ),
    undefined,
  ),
  /** `event`, `profile`, or others (only in the guide). */
  lookupParentDataSetType: text,
  lookupParentDataSetId: text,
  /** Seen in practice; the documentation only mentions an expansion `stitchedDataSets`. */
  stitchingEnabled: flag,
  streaming: flag,
  streamingEnabledAt: text,
  lastIngestedTime: text,
  backfillSummary,
  schemaInfo: part({ schemaId: text, schemaName: text }),
  dataSourceType: part({ id: text, type: text, description: text }),
});

export type Dataset = v.InferOutput<typeof datasetSchema>;

export const backfillSchema = v.object({
  id,
  /** `COMPLETED`, `IN_PROGRESS`, `IN_QUEUE`, `FAILED`, or others. */
  status: text,
  startDate: text,
  endDate: text,
  createdDate: text,
  allData: flag,
});

export type Backfill = v.InferOutput<typeof backfillSchema>;

export const dataViewSchema = v.object({
  id,
  name: text,
  description: text,
  owner: part({ imsUserId: text, name: text }),
  parentDataGroupId: text,
  timezoneDesignator: text,
  createdDate: text,
  modifiedDate: text,
  sessionDefinition: list,
});

export type DataView = v.InferOutput<typeof dataViewSchema>;

export const dataViewIdentity: Identifying<typeof dataViewSchema> = { schema: dataViewSchema, idKey: 'id' };

/** A dimension or a metric of a data view. */
export const componentSchema = v.object({
  id,
  name: text,
  description: text,
  /** `STRING`, `INT`, `CURRENCY`, or others; in lower case in the guide. */
  type: text,
  schemaPath: text,
  sourceFieldName: text,
  /** `EVENT`, `PROFILE`, `LOOKUP`, or others. */
  dataSetType: text,
  hidden: flag,
  hideFromReporting: flag,
  hasData: flag,
  approved: flag,
  isDeleted: flag,
});

export type Component = v.InferOutput<typeof componentSchema>;

/** Identifies a dimension or metric. Sources differ on whether its ID has its prefix in a request. */
export const componentIdentity: Identifying<typeof componentSchema> = {
  schema: componentSchema,
  idKey: 'id',
  isSame: (asked, answered) => withoutComponentPrefix(asked) === withoutComponentPrefix(answered),
};

/** The ID of a dimension without `variables/`, or of a metric without `metrics/`. */
export function withoutComponentPrefix(componentId: string): string {
  return componentId.replace(/^(?:variables|metrics)\//, '');
}

/** When a session ends or starts. Words are upper case in requests and lower case in responses (guide). */
export const sessionSchema = v.object({ numPeriods: number, granularity: text, func: text });

export const validationErrorSchema = v.object({
  errorCode: text,
  dataSetId: text,
  dataSetName: text,
  disallowedField: text,
  missingField: text,
});

export type ValidationError = v.InferOutput<typeof validationErrorSchema>;
