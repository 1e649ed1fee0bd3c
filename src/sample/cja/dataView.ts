import type { ResolvedOptions } from '../common/options';
import type { Connection, Person } from './connection';
import { day, isoDate } from '../common/dates';
import { cycle, drawHex } from '../common/random';
import { organizationId } from './words';

/** A data view of a connection. */
export interface DataView {
  /** With the prefix `dv_`. */
  readonly id: string;
  readonly owner: Person;
  readonly modifiedBy: Person;
  readonly createdDate: number;
  readonly modifiedDate: number;
  readonly written: DataViewFields;
}

/** The fields of a data view that requests write. */
export interface DataViewFields {
  readonly name: string;
  readonly description: string;
  /** The connection's id. */
  readonly parentDataGroupId: string;
  readonly timezoneDesignator: string;
  readonly segmentList: readonly unknown[];
  readonly curationEnabled: boolean;
  readonly sessionDefinition: readonly unknown[];
  readonly curatedComponents: readonly unknown[];
  readonly externalData: Readonly<Record<string, unknown>>;
  readonly containerNames: Readonly<Record<string, unknown>>;
}

const variants = ['default', 'marketing', 'product', 'executive', 'sessions of 30 minutes'] as const;

/** The data view at a position below a connection. */
export function makeDataView(
  options: ResolvedOptions,
  start: number,
  connection: Connection,
  place: number,
): DataView {
  const id = drawHex(24, options.seed, 'dataView', connection.index, place);
  return {
    id: `dv_${id}`,
    owner: connection.owner,
    modifiedBy: connection.owner,
    createdDate: connection.createdDate + (place + 1) * day,
    modifiedDate: start - (place + 1) * day,
    written: {
      ...emptyDataView,
      name: `${connection.name} (${cycle(variants, place)})`,
      parentDataGroupId: connection.id,
      timezoneDesignator: 'Europe/Berlin',
      externalData: { externalId: id, externalParentId: connection.idWithoutPrefix },
    },
  };
}

/** The content of a data view without written fields. */
export const emptyDataView: DataViewFields = {
  name: '',
  description: '',
  parentDataGroupId: '',
  timezoneDesignator: 'UTC',
  segmentList: [],
  curationEnabled: false,
  sessionDefinition: [{ numPeriods: 30, granularity: 'MINUTE', func: 'INACTIVITY' }],
  curatedComponents: [],
  externalData: {},
  containerNames: { event: 'Event', session: 'Session', people: 'Person' },
};

type Fields = Readonly<Record<string, unknown>>;

/** The fields that each expansion adds to a data view. */
const dataViewFields: Readonly<Record<string, (dataView: DataView) => Fields>> = {
  name: ({ written: { name } }) => ({ name }),
  description: ({ written: { description } }) => ({ description }),
  owner: ({ owner }) => ({ owner: { imsUserId: owner.imsUserId, name: null } }),
  ownerFullName: ({ owner }) => ({ ownerFullName: owner.name }),
  isDeleted: () => ({ isDeleted: false }),
  parentDataGroupId: ({ written: { parentDataGroupId } }) => ({ parentDataGroupId }),
  segmentList: ({ written: { segmentList } }) => ({ segmentList }),
  currentTimezoneOffset: (dataView) => ({ currentTimezoneOffset: getOffset(dataView) }),
  timezoneDesignator: ({ written: { timezoneDesignator } }) => ({ timezoneDesignator }),
  modified: ({ modifiedDate, modifiedBy }) => ({
    modifiedDate: isoDate(modifiedDate),
    modifiedBy: modifiedBy.imsUserId,
  }),
  createdDate: ({ createdDate }) => ({ createdDate: isoDate(createdDate) }),
  organization: () => ({ organization: organizationId }),
  curationEnabled: ({ written: { curationEnabled } }) => ({ curationEnabled }),
  recentRecordedAccess: ({ modifiedDate }) => ({ recentRecordedAccess: isoDate(modifiedDate).slice(0, 10) }),
  sessionDefinition: ({ written: { sessionDefinition } }) => lowerSessions({ sessionDefinition }),
  curatedComponents: ({ written: { curatedComponents } }) => ({ curatedComponents }),
  externalData: ({ written: { externalData } }) => ({ externalData }),
  containerNames: ({ written: { containerNames } }) => ({ containerNames }),
};

export const dataViewExpansions = Object.keys(dataViewFields);

/** A data view: its ID, and what the expansion adds. */
export function renderDataView(dataView: DataView, expansion: ReadonlySet<string>): Fields {
  const json: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(dataViewFields)) {
    if (expansion.has(name)) Object.assign(json, make(dataView));
  }
  return { ...json, id: dataView.id };
}

/** Words of a session definition are sent in upper case and returned in lower case (guide). */
export function lowerSessions(fields: Partial<DataViewFields>): Fields {
  const { sessionDefinition } = fields;
  return sessionDefinition ? { ...fields, sessionDefinition: sessionDefinition.map(lowerSession) } : fields;
}

function lowerSession(session: unknown): unknown {
  if (typeof session !== 'object' || session === null || Array.isArray(session)) return session;
  const lower = ([name, value]: [string, unknown]): [string, unknown] =>
    (name === 'granularity' || name === 'func') && typeof value === 'string'
      ? [name, value.toLowerCase()]
      : [name, value];
  return Object.fromEntries(Object.entries(session).map(lower));
}

/** The offset from UTC in hours at the time of the last change. */
function getOffset({ modifiedDate, written: { timezoneDesignator: timeZone } }: DataView): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(modifiedDate).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  return Number(`${sign}${Number(hours) + Number(minutes) / 60}`);
}
