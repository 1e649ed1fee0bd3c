import * as l10n from '@vscode/l10n';
import type { InventoryGroup, Service } from '../contract/service';
import type { Glossary } from '../contract/properties';

/** The settings that leave connections out of the list of an account. */
const LIST_FILTERS = ['connectionIds', 'sandboxId', 'sandboxName', 'includeType'];

/**
 * Adobe Customer Journey Analytics. Texts are created on access, because the language is not known when this module is
 * loaded.
 */
export const cja: Service = {
  id: 'cja',
  title: 'Adobe Customer Journey Analytics',
  icon: 'graph-line',
  get glossaries(): readonly Glossary[] {
    return [{ id: 'dataSourceTypes', title: l10n.t('Data Source Types') }];
  },
  // Without the prefix, IDs of connections are not matched, because any UUID looks like that.
  idPattern: /^(?:dg_[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:dv_)?[\da-f]{24})$/,
  isListed: (id, settings) =>
    id.startsWith('dg_') ? LIST_FILTERS.every((key) => !settings[key]) : undefined,
  capabilities: ['createDataView', 'edit', 'duplicate', 'delete', 'backfills', 'runs', 'shortIds'],
  get inventoryGroups(): readonly InventoryGroup[] {
    return [{ id: 'dataViews', title: l10n.t('Data Views') }];
  },
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
