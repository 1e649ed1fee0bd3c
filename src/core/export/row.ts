import { redactName, type SecretValues } from '../redaction/redact';
import { plainText } from '../../shared/plainText';
import type { ResourceFacts } from '../services/contract/properties';
import type { Resource, Problem } from '../services/contract/resource';

/** The columns of an inventory. No other data of a resource leaves the extension. */
export const columns = [
  'service',
  'account',
  'connection',
  'connectionId',
  'kind',
  'name',
  'id',
  'state',
  'status',
  'details',
  'owner',
  'sandbox',
  'created',
  'modified',
  'lastData',
  'itemCount',
  'backfills',
  'failedBackfills',
  'activeBackfills',
  'link',
  'problem',
] as const;

type ColumnName = (typeof columns)[number];

/** The columns that hold numbers. */
const countColumns = ['itemCount', 'backfills', 'failedBackfills', 'activeBackfills'] as const;

type CountName = (typeof countColumns)[number];

type TextName = Exclude<ColumnName, CountName>;

/** A row of an inventory: single-line texts and numbers, `''` if unknown. */
export type Row = Readonly<Record<TextName, string>> & Readonly<Record<CountName, number | ''>>;

/** Where the resources of a row are. */
export interface Place {
  readonly service: string;
  readonly account: string;
  readonly connection?: Resource;
  /** Masked in all cells. */
  readonly secrets: SecretValues;
}

/** What is known of a resource besides itself. */
export interface RowExtras {
  /** Its page in the web interface of the service. */
  readonly link?: string | undefined;
  readonly facts?: ResourceFacts | undefined;
  /** Number of exported resources below it. */
  readonly itemCount?: number | undefined;
}

export function resourceRow(
  place: Place,
  resource: Resource,
  { link, facts, itemCount }: RowExtras = {},
): Row {
  const { kind, label, id, status, description, searchAttributes, problem } = resource;
  const { owner, sandbox } = searchAttributes ?? {};
  const { created, modified, lastData, backfills, failedBackfills, activeBackfills } = facts ?? {};
  return toRow(
    place,
    {
      kind,
      name: label,
      id,
      state: status?.state,
      status: status?.label,
      details: withoutRepetition(description, [label, id, status?.label, owner, sandbox]),
      owner,
      sandbox,
      created,
      modified,
      lastData,
      link,
      problem: problem && problemText(problem),
    },
    { itemCount, backfills, failedBackfills, activeBackfills },
  );
}

/** The row of something that could not be loaded. @param name of the resource whose list failed. */
export function problemRow(place: Place, name: string, problem: Problem): Row {
  return toRow(place, { kind: 'problem', name, problem: problemText(problem) });
}

function problemText({ title, detail }: Problem): string {
  return `${title} ${detail}`;
}

/** The parts of a description that no other column has. */
function withoutRepetition(
  description: string | undefined,
  others: readonly (string | undefined)[],
): string | undefined {
  return description
    ?.split(' · ')
    .filter((part) => !others.includes(part))
    .join(' · ');
}

function toRow(
  { service, account, connection, secrets }: Place,
  values: Readonly<Partial<Record<TextName, string | undefined>>>,
  counts: Readonly<Partial<Record<CountName, number | undefined>>> = {},
): Row {
  const texts = {
    ...values,
    service,
    account,
    connection: connection?.label,
    connectionId: connection?.id,
  };
  const cell = (name: ColumnName): string | number =>
    isCount(name) ? (counts[name] ?? '') : plainText(redactName(texts[name] ?? '', secrets), MAX_CELL_CHARS);
  return Object.fromEntries(columns.map((name) => [name, cell(name)])) as Row;
}

function isCount(name: ColumnName): name is CountName {
  return (countColumns as readonly string[]).includes(name);
}

/** Longer texts are truncated: a spreadsheet cell holds at most 32,767 characters. */
const MAX_CELL_CHARS = 4000;
