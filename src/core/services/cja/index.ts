import * as l10n from '@vscode/l10n';
import type { Service } from '../contract/service';

/** The settings that leave connections out of the list of an account. */
const LIST_FILTERS = ['connectionIds', 'sandboxId', 'sandboxName', 'includeType'];

/** Adobe Customer Journey Analytics. */
export const cja: Service = {
  id: 'cja',
  title: 'Adobe Customer Journey Analytics',
  icon: 'graph-line',
  glossaries: () => [{ id: 'dataSourceTypes', title: l10n.t('Data Source Types') }],
  // Without the prefix, IDs of connections are not matched, because any UUID looks like that.
  idPattern: /^(?:dg_[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:dv_)?[\da-f]{24})$/,
  isListed: (id, settings) =>
    id.startsWith('dg_') ? LIST_FILTERS.every((key) => !settings[key]) : undefined,
  capabilities: ['createDataView', 'edit', 'duplicate', 'delete', 'backfills', 'runs', 'shortIds'],
  inventoryGroups: () => [{ id: 'dataViews', title: l10n.t('Data Views') }],
  hasPages: true,
  canonicalJson: {
    volatileKeys: [
      'createdDate',
      'modifiedDate',
      'modifiedBy',
      'modifiedByFullName',
      'lastIngestedTime',
      'streamingEnabledAt',
      'recentRecordedAccess',
      'currentTimezoneOffset',
      'numDailyEvents',
      'usageSummary',
      'backfillSummary',
      'backfills',
    ],
    idKeys: ['id', 'dataSetId'],
  },
  loadSignIn: async () => (await import('./signIn/signIn')).createSignIn(),
  connect: async (...sign) => (await import('./session')).connect(...sign),
};
