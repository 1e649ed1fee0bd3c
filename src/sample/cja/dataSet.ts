import type { ResolvedOptions } from '../common/options';
import type { Connection } from './connection';
import { day } from '../common/dates';
import { cycle, draw, drawHex } from '../common/random';
import * as words from './words';

/** A dataset as one connection uses it. Several connections of a sandbox may use the same dataset. */
export interface DataSet {
  /** Its position below the connection. */
  readonly place: number;
  /** 24 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly kind: words.DataSetKind;
  readonly schemaNumber: number;
  readonly streaming: boolean;
  readonly streamingEnabledAt: number;
  readonly lastIngestedTime: number;
}

/** The dataset at a position below a connection. */
export function makeDataSet(
  options: ResolvedOptions,
  start: number,
  connection: Connection,
  place: number,
): DataSet {
  const { seed } = options;
  const number = catalogueNumber(options, connection, place);
  const kind = cycle(words.dataSetKinds, number);
  const age = draw(seed, 'date', number, 1);
  const choice = draw(seed, 'choice', connection.index, place);
  const streaming = choice % 4 !== 0;
  return {
    place,
    id: dataSetId(options, connection, place),
    name: `${kind.name} ${cycle(words.markets, number)} ${cycle(words.regions, number)}`,
    kind,
    schemaNumber: number % words.dataSetKinds.length,
    streaming,
    streamingEnabledAt: connection.createdDate + 3_600_000,
    lastIngestedTime: start - sinceLastData(choice, age),
  };
}

/** Milliseconds. Of those that import new data, one of twelve has received none for days. */
function sinceLastData(choice: number, age: number): number {
  const streams = choice % 4 !== 0 && choice % 12 !== 1;
  return streams ? age % 3_600_000 : (2 + (age % 20)) * day;
}

/** The id of the dataset at a position below a connection. */
export function dataSetId(options: ResolvedOptions, connection: Connection, place: number): string {
  const number = catalogueNumber(options, connection, place);
  return drawHex(24, options.seed, 'dataset', connection.sandbox.id.charCodeAt(0), number);
}

/** Neighbors in a sandbox share half of their datasets. */
function catalogueNumber(options: ResolvedOptions, connection: Connection, place: number): number {
  const neighbour = Math.floor(connection.index / words.sandboxes.length);
  return neighbour * Math.max(1, Math.ceil(options.datasets / 2)) + place;
}
