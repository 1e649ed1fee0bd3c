import type { ResolvedOptions } from '../common/options';
import type { Connection, Person } from './connection';
import { day } from '../common/dates';
import { cycle, drawHex } from '../common/random';

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
