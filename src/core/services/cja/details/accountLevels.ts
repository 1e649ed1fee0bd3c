import * as l10n from '@vscode/l10n';
import type { AccountLevel } from '../../contract/detailViews';
import { toTallies } from '../../common/tallies';
import { toDate } from '../../common/dates';
import { isHiddenConnection } from '../levels/resources';
import { countStates } from '../levels/status';
import { connectionSchema, type Dataset, datasetSchema } from '../client/schemas';

/** A dataset that has had no new data for so many days is worth a look. */
const QUIET_DAYS = 7;

const DAY_MS = 86_400_000;

/**
 * What the overview of an account counts: connections with their backfills and validation errors, and datasets by
 * whether they have new data.
 * @param now milliseconds since 1970.
 */
export function toAccountLevels(now: () => number = Date.now): readonly AccountLevel[] {
  return [
    {
      kind: 'connection',
      title: l10n.t('Connections'),
      tallies: toTallies(connectionSchema, [
        [
          'failedBackfills',
          l10n.t('failed backfills'),
          'failed',
          ({ backfillSummary }) => countStates(backfillSummary).failed,
        ],
        [
          'queuedBackfills',
          l10n.t('queued backfills'),
          'queued',
          ({ backfillSummary }) => countStates(backfillSummary).queued,
        ],
        [
          'validationErrors',
          l10n.t('validation errors'),
          'warning',
          ({ connectionValidationErrors }) => connectionValidationErrors?.length,
        ],
      ]),
    },
    {
      kind: 'dataset',
      title: l10n.t('Datasets'),
      load: {
        title: l10n.t('Load Datasets'),
        prefetchable: true,
        missing: (count, total) => l10n.t('Not loaded for {0} of {1} connections', count, total),
        isBelow: (connection) => !isHiddenConnection(connection),
      },
      tallies: toTallies(datasetSchema, [
        [
          'switchedOff',
          l10n.t('with import of new data off'),
          'inactive',
          ({ streaming }) => Number(streaming === false),
        ],
        [
          'noNewData',
          l10n.t('without new data for {0} days', QUIET_DAYS),
          'warning',
          (dataset) => Number(isQuiet(dataset, now())),
        ],
      ]),
    },
  ];
}

/** True for a dataset that imports new data, and that had none for some days. Without a time nothing is known. */
function isQuiet({ streaming, lastIngestedTime }: Dataset, now: number): boolean {
  const last = toDate(lastIngestedTime);
  return streaming !== false && last !== undefined && now - Date.parse(last) > QUIET_DAYS * DAY_MS;
}
