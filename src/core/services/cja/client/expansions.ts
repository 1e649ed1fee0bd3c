import { HttpError } from '../../../http/errors';
import { ExpiringMap } from '../../../base/expiringMap';
import { FALLBACK_LIFETIME_MS } from '../../common/fallback';

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

/** Maximum number of times that a request is repeated with fewer expansions: a service may name one at a time. */
const MAX_REDUCTIONS = 5;

/**
 * Remembers the expansions that the service rejects, by operation. Those that a rejection names are left out for some
 * time, once a request without them has succeeded. If it names none, those that only newer documentation mentions are
 * left out of that one request, because the rejection may have had another reason.
 */
export class Refusals {
  readonly #refused: ExpiringMap<string, true>;

  /** @param now milliseconds since 1970. */
  constructor(now: () => number) {
    this.#refused = new ExpiringMap(FALLBACK_LIFETIME_MS, now);
  }

  /**
   * Sends a request with as many of the expansions as the service accepts.
   * @throws what `send` throws; the first rejection if fewer expansions do not help.
   */
  async ask<T>(
    operation: string,
    wanted: readonly string[],
    send: (expansion: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const known = wanted.filter((name) => this.#refused.get(`${operation} ${name}`) !== true);
    try {
      return await send(known);
    } catch (refusal) {
      return this.#askForFewer(operation, known, refusal, send);
    }
  }

  async #askForFewer<T>(
    operation: string,
    wanted: readonly string[],
    refusal: unknown,
    send: (expansion: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const named = new Set<string>();
    let expansion = wanted;
    let latest = refusal;
    for (let reductions = 0; reductions < MAX_REDUCTIONS; reductions += 1) {
      if (!(latest instanceof HttpError) || latest.status !== 400) break;
      const refused = namedIn(expansion, latest.message);
      const fewer =
        refused.length > 0
          ? expansion.filter((name) => !refused.includes(name))
          : withoutUndocumented(expansion);
      if (fewer.length === expansion.length) break;
      for (const name of refused) named.add(name);
      expansion = fewer;
      try {
        const answer = await send(expansion);
        for (const name of named) this.#refused.set(`${operation} ${name}`, true);
        return answer;
      } catch (error) {
        latest = error;
      }
    }
    throw latest instanceof HttpError && latest.status === 400 ? refusal : latest;
  }
}
