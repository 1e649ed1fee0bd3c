import * as l10n from '@vscode/l10n';
import { problemText } from '../../core/services/common/problem';
import type { Verb } from '../../core/services/contract/action';
import type { Account } from '../../core/services/contract/signIn';
import type { Problem } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import type { BatchResult } from './batch';

/** The name of a row in messages, with its parents. */
export interface NamedRow {
  /** Labels, from the account's own resource down to the row. */
  readonly names: readonly string[];
  /** Set if a message names rows of several accounts. */
  readonly accountName?: string | undefined;
}

/** A row that an action runs on. */
export interface PlacedRow extends NamedRow {
  readonly account: Account;
  /** The display name of the service. */
  readonly service: string;
}

/** A selected row that the action does not apply to. */
export interface LeftOutRow extends NamedRow {
  /** A sentence. */
  readonly reason: string;
}

/** The maximum number of rows that a question names, as in VS Code's Explorer. */
const MAX_LISTED = 10;

/** The maximum number of rows per kind of result in a message, of which VS Code shows 1,000 characters. */
const MAX_NAMED = 3;
const MAX_NAME_LENGTH = 60;

const QUESTIONS = {
  duplicate: (count) => l10n.t('Duplicate the following {0} resources?', count),
  activate: (count) => l10n.t('Activate the following {0} resources?', count),
  deactivate: (count) => l10n.t('Deactivate the following {0} resources?', count),
  validate: (count) => l10n.t('Validate the following {0} resources?', count),
  sync: (count) => l10n.t('Sync data objects of the following {0} resources?', count),
  start: (count) => l10n.t('Start a run for each of the following {0} resources?', count),
  enable: (count) => l10n.t('Enable the following {0} resources?', count),
  disable: (count) => l10n.t('Disable the following {0} resources?', count),
  cancel: (count) => l10n.t('Stop the following {0} runs?', count),
} satisfies Partial<Record<Verb, (count: number) => string>>;

/** A verb whose actions can run on several rows at once. */
export type BatchVerb = keyof typeof QUESTIONS;

export function isBatchVerb(verb: Verb): verb is BatchVerb {
  return Object.hasOwn(QUESTIONS, verb);
}

/** The question before an action runs on several rows. */
export function batchQuestion(verb: BatchVerb, count: number): string {
  return QUESTIONS[verb](count);
}

/** The rows of a question, grouped by account, and the skipped ones. */
export function batchDetail(rows: readonly PlacedRow[], leftOut: readonly LeftOutRow[]): string {
  const ids = new Set(rows.map(({ account }) => account.id));
  const accounts = [...ids].map((id) => rows.filter(({ account }) => account.id === id));
  const shown = new Set(rows.slice(0, MAX_LISTED));
  const parts = accounts.map((group) => accountLines(group, shown));
  if (leftOut.length > 0) parts.push([l10n.t('Skipped:'), ...leftOutLines(leftOut)]);
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

/** @param shown the rows to name. The others are counted. */
function accountLines(rows: readonly PlacedRow[], shown: ReadonlySet<PlacedRow>): readonly string[] {
  const [first] = rows;
  if (!first) return [];
  const { account, service } = first;
  const place = l10n.t('Account: {0} ({1})', plainText(account.name), service);
  const named = rows.filter((row) => shown.has(row)).map(({ names }) => `• ${rowName({ names })}`);
  return [
    account.production ? `${place} – ${l10n.t('Production')}` : place,
    ...named,
    ...more(rows.length - named.length),
  ];
}

function leftOutLines(rows: readonly LeftOutRow[]): readonly string[] {
  const named = rows.slice(0, MAX_LISTED).map((row) => `• ${rowName(row)}: ${row.reason}`);
  return [...named, ...more(rows.length - named.length)];
}

function more(count: number): readonly string[] {
  return count > 0 ? [l10n.t('And {0} more.', count)] : [];
}

/** The name of a row on one line, with its parents, because names may not be unique. */
export function rowName({ names, accountName }: NamedRow): string {
  const steps = accountName === undefined ? names : [accountName, ...names];
  return steps.map((name) => plainText(name, MAX_NAME_LENGTH) || l10n.t('(no name)')).join(' › ');
}

export interface BatchReport {
  readonly text: string;
  /** `error` if nothing succeeded, `warning` if not everything did. */
  readonly severity: 'info' | 'warning' | 'error';
}

/**
 * The message about a batch: how many rows succeeded, and which did not, and why.
 * @param title of the action, such as `Validate`.
 */
export function batchReport(
  title: string,
  results: readonly BatchResult<NamedRow>[],
  leftOut: readonly LeftOutRow[],
): BatchReport {
  const of = (...states: readonly BatchResult<NamedRow>['state'][]): readonly BatchResult<NamedRow>[] =>
    results.filter(({ state }) => states.includes(state));
  const reached = of('done', 'started').length;
  const [failed, uncertain, skipped] = [of('failed'), of('uncertain'), of('skipped')];
  const parts = [
    of('started').length > 0
      ? l10n.t('{0}: {1} of {2} started.', title, reached, results.length)
      : l10n.t('{0}: {1} of {2} succeeded.', title, reached, results.length),
    failed.length > 0 && l10n.t('{0} failed: {1}', failed.length, joinLines(failed.map(toLine))),
    uncertain.length > 0 &&
      l10n.t(
        '{0} may have succeeded, but the response was lost: {1} Check the tree for the current state.',
        uncertain.length,
        joinLines(uncertain.map(({ item }) => `${quoted(item)}.`)),
      ),
    skipped.length > 0 &&
      l10n.t('{0} canceled: {1}', skipped.length, joinLines(skipped.map(({ item }) => `${quoted(item)}.`))),
    leftOut.length > 0 &&
      l10n.t(
        '{0} skipped: {1}',
        leftOut.length,
        joinLines(leftOut.map((row) => `${quoted(row)}: ${row.reason}`)),
      ),
    joinLines(of('done').flatMap(messageLine)),
  ];
  const text = parts.filter((part) => part !== false && part !== '').join(' ');
  return { text, severity: reached === results.length ? 'info' : reached > 0 ? 'warning' : 'error' };
}

/** The result of one row, without its name. */
export function resultText(result: BatchResult<NamedRow>): string {
  switch (result.state) {
    case 'done':
      return [l10n.t('Done.'), plainText(result.message ?? '')].filter(Boolean).join(' ');
    case 'started':
      return l10n.t('Started.');
    case 'failed':
      return sentences(result.problem);
    case 'uncertain':
      return l10n.t('May have succeeded, but the response was lost.');
    case 'skipped':
      return l10n.t('Canceled.');
  }
}

function toLine(result: BatchResult<NamedRow>): string {
  return `${quoted(result.item)}: ${resultText(result)}`;
}

function quoted(row: NamedRow): string {
  return l10n.t('"{0}"', rowName(row));
}

/** The message of the service about a row that succeeded. */
function messageLine(result: BatchResult<NamedRow>): readonly string[] {
  return result.state === 'done' && result.message
    ? [`${quoted(result.item)}: ${sentences({ title: '', detail: result.message, retryable: false })}`]
    : [];
}

/** Title and detail. The suggestion would be the same for all rows. */
function sentences({ title, detail }: Problem): string {
  return problemText({ title: plainText(title), detail: plainText(detail), retryable: false });
}

function joinLines(lines: readonly string[]): string {
  return [...lines.slice(0, MAX_NAMED), ...more(lines.length - MAX_NAMED)].join(' ');
}
