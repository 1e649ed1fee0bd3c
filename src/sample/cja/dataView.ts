import type { ResolvedOptions } from '../options';
import type { Connection, Person } from './connection';
import { day } from '../dates';
import { cycle, drawHex } from '../random';

/** A data view of a connection. */
export interface DataView {
  /** With the prefix `dv_`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly owner: Person;
  /** The connection's id. */
  readonly parentDataGroupId: string;
  readonly timezoneDesignator: string;
  readonly createdDate: number;
  readonly modifiedDate: number;
}

const variants = ['default', 'marketing', 'product', 'executive', 'sessions of 30 minutes'] as const;

/** The data view at a position below a connection. */
export function makeDataView(
  options: ResolvedOptions,
  start: number,
  connection: Connection,
  place: number,
): DataView {
  return {
    id: `dv_${drawHex(24, options.seed, 'dataView', connection.index, place)}`,
    name: `${connection.name} (${cycle(variants, place)})`,
    description: '',
    owner: connection.owner,
    parentDataGroupId: connection.id,
    timezoneDesignator: 'Europe/Berlin',
    createdDate: connection.createdDate + (place + 1) * day,
    modifiedDate: start - (place + 1) * day,
  };
}
