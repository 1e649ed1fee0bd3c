import * as l10n from '@vscode/l10n';
import type { AccountLevel } from '../../contract/detailViews';
import { toTallies } from '../../common/tallies';
import { isHiddenConnection } from '../levels/resources';
import { countStates } from '../levels/status';
import { connectionSchema, datasetSchema } from '../client/schemas';

/** What the overview of an account counts: connections with their backfills and validation errors, and datasets. */
export function toAccountLevels(): readonly AccountLevel[] {
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
      ]),
    },
  ];
}
