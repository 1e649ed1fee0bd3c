import * as l10n from '@vscode/l10n';
import { getAccountPath, type ResourcePath } from '../../core/services/contract/path';
import { problemText } from '../../core/services/common/problem';
import { serviceTitle } from '../../core/services/registry';
import type { Store } from '../../core/store/store';
import { compareStatus, type RowChange, type StatusRow, type StatusSnapshot } from './statusChanges';
import type { StatusReading } from './statusReading';

/** The maximum number of failures that a message lists. */
const MAX_LISTED = 3;

/** What a refresh of the status found out, for people. */
export interface StatusReport {
  readonly text: string;
  /** `error` where something could not be read, `information` where something changed or fails. */
  readonly severity: 'error' | 'information' | 'none';
  /** Rows that changed, and other rows that have failures. */
  readonly changed: readonly RowChange[];
  readonly failing: readonly StatusRow[];
}

/** What a report is made from. */
export interface ReportContext {
  readonly store: Pick<Store, 'account' | 'get'>;
  /** What was known before, by account. */
  readonly before: ReadonlyMap<ResourcePath, StatusSnapshot>;
  /** Such as `de`. */
  readonly language: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Reports what was read and how it differs from before. What was not read is named, and nothing is said of it. */
export function statusReport(context: ReportContext, readings: readonly StatusReading[]): StatusReport {
  const failures = readings.filter((reading) => reading.state === 'failed');
  const accounts = [...new Set(readings.map(({ path }) => getAccountPath(path)))].map((path) =>
    accountReport(
      context,
      path,
      readings.filter((reading) => getAccountPath(reading.path) === path),
    ),
  );
  const canceled = readings.filter(({ state }) => state === 'canceled');
  const changed = accounts.flatMap((account) => account.changed);
  const isChanged = new Set(changed.map(({ row }) => row.path));
  const failing = accounts.flatMap((account) => account.failing).filter(({ path }) => !isChanged.has(path));
  const texts = [
    failures.length > 0 ? failureText(context.store, failures) : '',
    ...accounts.map(({ text }) => text),
    canceled.length > 0 ? canceledText(context.store, canceled) : '',
    withoutText(context.store, readings),
  ];
  const isIncomplete = readings.some((reading) => reading.state === 'partial' && reading.missing.length > 0);
  const isNotable = isIncomplete || changed.length + failing.length + canceled.length > 0;
  return {
    text: texts.filter((text) => text !== '').join(' '),
    severity: failures.length > 0 ? 'error' : isNotable ? 'information' : 'none',
    changed,
    failing,
  };
}

/** What changed: `3 finished, 1 failed`. @param count writes the first number. */
export function changeText(
  { finished, failed, started }: Omit<RowChange, 'row'>,
  count: (value: number) => string = String,
): string {
  const words = [
    [finished, (text: string) => l10n.t('{0} finished', text)],
    [failed, (text: string) => l10n.t('{0} failed', text)],
    [started, (text: string) => l10n.t('{0} started', text)],
  ] as const;
  const nonzero = words.filter(([value]) => value > 0);
  if (nonzero.length === 0) return l10n.t('changed');
  return nonzero.map(([value, word], index) => word(index === 0 ? count(value) : String(value))).join(', ');
}

function countBackfills(count: number): string {
  return count === 1 ? l10n.t('1 backfill') : l10n.t('{0} backfills', count);
}

function countRuns(count: number): string {
  return count === 1 ? l10n.t('1 run') : l10n.t('{0} runs', count);
}

type AccountReport = Pick<StatusReport, 'text' | 'changed' | 'failing'>;

function accountReport(
  { store, before, language, now }: ReportContext,
  path: ResourcePath,
  readings: readonly StatusReading[],
): AccountReport {
  const successful = readings.filter((reading) => reading.state === 'read' || reading.state === 'partial');
  const rows = [...new Map(successful.flatMap((one) => one.rows).map((row) => [row.path, row])).values()];
  const changes = compareStatus(before.get(path) ?? new Map(), rows);
  const { changed, failing, since, unknownBefore } = changes;
  if (successful.length === 0) return { text: '', changed, failing };
  const name = store.account(path)?.name ?? '';
  const isFirst = unknownBefore.length === rows.length;
  const time = since === undefined ? '' : momentText(since, language, now);
  const sentences = [
    changed.length > 0
      ? changedText(
          name,
          successful.some(({ noun }) => noun === 'backfills') ? 'backfills' : 'runs',
          changed,
          time,
        )
      : isFirst
        ? l10n.t('{0}: status refreshed.', name)
        : l10n.t('{0}: no changes since {1}.', name, time),
    failing.length > 0 ? l10n.t('Rows with failures: {0}.', failing.length) : '',
    ...partialTexts(successful),
  ];
  return { text: sentences.filter((sentence) => sentence !== '').join(' '), changed, failing };
}

/** What a reading left out: it says nothing of that. */
function partialTexts(readings: readonly StatusReading[]): readonly string[] {
  const partial = readings.filter((reading) => reading.state === 'partial');
  const missing = new Set(partial.flatMap((reading) => reading.missing));
  return [
    ...(partial.some((reading) => reading.missing.length === 0)
      ? [l10n.t('Not everything was read: the list has more rows.')]
      : []),
    ...(missing.size > 0 ? [l10n.t('Not everything was read: {0}', [...missing].join(' '))] : []),
  ];
}

/** `Retail: 3 backfills finished, 1 failed since 14:02.` */
function changedText(
  name: string,
  noun: StatusReading['noun'],
  changed: readonly RowChange[],
  time: string,
): string {
  const sum = (of: 'finished' | 'failed' | 'started'): number =>
    changed.reduce((total, change) => total + change[of], 0);
  const counts = { finished: sum('finished'), failed: sum('failed'), started: sum('started') };
  if (counts.finished + counts.failed + counts.started === 0)
    return l10n.t('{0}: rows changed since {1}: {2}.', name, time, changed.length);
  const count = noun === 'backfills' ? countBackfills : countRuns;
  return l10n.t('{0}: {1} since {2}.', name, changeText(counts, count), time);
}

/** A moment as people say it: the time, and the day where it is another one. */
function momentText(moment: number, language: string, now: number): string {
  const isToday = new Date(moment).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, {
    timeStyle: 'short',
    ...(!isToday && { dateStyle: 'medium' }),
  }).format(moment);
}

type FailedReading = Extract<StatusReading, { state: 'failed' }>;

function failureText(store: ReportContext['store'], failures: readonly FailedReading[]): string {
  const listed = failures.slice(0, MAX_LISTED).map((failure) => getText(store, failure));
  const others = failures.length - listed.length;
  return [
    l10n.t('Some statuses could not be loaded.'),
    ...listed,
    ...(others > 0 ? [l10n.t('And {0} more.', others)] : []),
  ].join(' ');
}

function getText(store: ReportContext['store'], { path, problem }: FailedReading): string {
  return l10n.t('{0}: {1}', getPlace(store, path, problem.place), problemText(problem));
}

/** @param account how a problem names the account; absent: by its name. */
function getPlace(store: ReportContext['store'], path: ResourcePath, account?: string): string {
  const name = store.account(path)?.name;
  const label = store.get(path)?.label;
  return [...new Set([account ?? name, label === name ? undefined : label])]
    .filter((part) => part !== undefined)
    .join(' › ');
}

function canceledText(store: ReportContext['store'], canceled: readonly StatusReading[]): string {
  const names = [...new Set(canceled.map(({ path }) => getPlace(store, path)))];
  const listed = names.slice(0, MAX_LISTED).join(', ');
  const others = names.length - MAX_LISTED;
  const text = l10n.t('Canceled. Not read: {0}.', listed);
  return others > 0 ? `${text} ${l10n.t('And {0} more.', others)}` : text;
}

/** Names the services that have neither backfills nor runs, and what was done there instead. */
function withoutText(store: ReportContext['store'], readings: readonly StatusReading[]): string {
  const paths = readings.filter(({ state }) => state === 'without').map(({ path }) => path);
  if (paths.length === 0) return '';
  const titles = new Set(paths.map((path) => serviceTitle(store.account(path)?.service ?? '')));
  return l10n.t('Refreshed. No backfills or runs for {0}.', [...titles].join(', '));
}
