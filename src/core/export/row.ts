import { redactName, type SecretValues } from '../redaction/redact';
import { plainText } from '../../shared/plainText';
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
  'link',
  'problem',
] as const;

/** A row of an inventory: single-line texts, empty if unknown. */
export type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Where the resources of a row are. */
export interface Place {
  readonly service: string;
  readonly account: string;
  readonly connection?: Resource;
  /** Masked in all cells. */
  readonly secrets: SecretValues;
}

/** @param link its page in the web interface of the service. */
export function resourceRow(place: Place, resource: Resource, link: string | undefined): Row {
  const { kind, label, id, status, description, searchAttributes, problem } = resource;
  return toLine(place, {
    kind,
    name: label,
    id,
    state: status?.state,
    status: status?.label,
    details: description,
    owner: searchAttributes?.owner,
    sandbox: searchAttributes?.sandbox,
    link,
    problem: problem && problemText(problem),
  });
}

/** The row of something that could not be loaded. @param name of the resource whose list failed. */
export function problemRow(place: Place, name: string, problem: Problem): Row {
  return toLine(place, { kind: 'problem', name, problem: problemText(problem) });
}

function problemText({ title, detail }: Problem): string {
  return `${title} ${detail}`;
}

type Values = { readonly [Name in keyof Row]?: string | undefined };

function toLine({ service, account, connection, secrets }: Place, values: Values): Row {
  const known: Values = {
    ...values,
    service,
    account,
    connection: connection?.label,
    connectionId: connection?.id,
  };
  const text = (name: keyof Row): string => plainText(redactName(known[name] ?? '', secrets), MAX_CELL_CHARS);
  return Object.fromEntries(columns.map((name) => [name, text(name)])) as Row;
}

/** Longer texts are truncated: a spreadsheet cell holds at most 32,767 characters. */
const MAX_CELL_CHARS = 4000;
