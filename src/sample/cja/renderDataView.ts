import type { DataView } from './dataView';
import { isoDate } from '../dates';
import { organisationId } from './words';

type Fields = Readonly<Record<string, unknown>>;

/** The fields that each expansion adds to a data view. */
const dataViewFields: Readonly<Record<string, (dataView: DataView) => Fields>> = {
  name: ({ name }) => ({ name }),
  description: ({ description }) => ({ description }),
  owner: ({ owner }) => ({ owner: { imsUserId: owner.imsUserId, name: null } }),
  ownerFullName: ({ owner }) => ({ ownerFullName: owner.name }),
  isDeleted: () => ({ isDeleted: false }),
  parentDataGroupId: ({ parentDataGroupId }) => ({ parentDataGroupId }),
  segmentList: () => ({ segmentList: [] }),
  currentTimezoneOffset: () => ({ currentTimezoneOffset: 1 }),
  timezoneDesignator: ({ timezoneDesignator }) => ({ timezoneDesignator }),
  modified: ({ modifiedDate, owner }) => ({
    modifiedDate: isoDate(modifiedDate),
    modifiedBy: owner.imsUserId,
  }),
  createdDate: ({ createdDate }) => ({ createdDate: isoDate(createdDate) }),
  organization: () => ({ organization: organisationId }),
  curationEnabled: () => ({ curationEnabled: false }),
  recentRecordedAccess: ({ modifiedDate }) => ({ recentRecordedAccess: isoDate(modifiedDate).slice(0, 10) }),
  sessionDefinition: () => ({
    sessionDefinition: [{ numPeriods: 30, granularity: 'minute', func: 'inactivity' }],
  }),
  curatedComponents: () => ({ curatedComponents: [] }),
  externalData: ({ id }) => ({ externalData: { externalId: id.slice('dv_'.length) } }),
  containerNames: () => ({ containerNames: { event: 'Event', session: 'Session', people: 'Person' } }),
};

export const dataViewExpansions = Object.keys(dataViewFields);

/** A data view: its id, and what the expansion adds. */
export function renderDataView(dataView: DataView, expansion: ReadonlySet<string>): Fields {
  const json: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(dataViewFields)) {
    if (expansion.has(name)) Object.assign(json, make(dataView));
  }
  return { ...json, id: dataView.id };
}
