import * as v from 'valibot';
import { toDate } from '../../common/dates';
import type { ResourceFacts } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { type BackfillSummary, countWork } from '../levels/status';
import { connectionSchema, datasetSchema, dataViewSchema } from '../client/schemas';
import { lastIngestedTime } from './properties';

/** Times and counts of a connection, a dataset or a data view. */
export function toFacts({ kind, json }: Resource): ResourceFacts {
  switch (kind) {
    case 'connection': {
      const decoded = v.safeParse(connectionSchema, json);
      if (!decoded.success) return {};
      const { createdDate, modifiedDate, backfillSummary } = decoded.output;
      return {
        created: toDate(createdDate),
        modified: toDate(modifiedDate),
        lastData: lastIngestedTime(decoded.output),
        ...toCounts(backfillSummary),
      };
    }
    case 'dataset': {
      const decoded = v.safeParse(datasetSchema, json);
      if (!decoded.success) return {};
      return {
        lastData: toDate(decoded.output.lastIngestedTime),
        ...toCounts(decoded.output.backfillSummary),
      };
    }
    case 'dataView': {
      const decoded = v.safeParse(dataViewSchema, json);
      if (!decoded.success) return {};
      return { created: toDate(decoded.output.createdDate), modified: toDate(decoded.output.modifiedDate) };
    }
    default:
      return {};
  }
}

function toCounts(summary: BackfillSummary): ResourceFacts {
  if (summary === undefined) return {};
  return {
    backfills: summary.total,
    failedBackfills: summary.failed,
    activeBackfills: countWork(summary),
  };
}
