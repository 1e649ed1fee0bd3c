import * as l10n from '@vscode/l10n';
import { filterInTurns } from '../../core/base/turns';
import { getAccountPath, isWithin, type ResourcePath } from '../../core/services/contract/path';
import { problemText } from '../../core/services/common/problem';
import { serviceTitle } from '../../core/services/registry';
import type { Resource } from '../../core/services/contract/resource';
import type { StatusFailure, StatusRefresh } from '../../core/store/statusRefresh';
import type { Store } from '../../core/store/store';

/** The maximum number of failures that a message lists. */
const MAX_LISTED = 3;

/** The message about a refresh of backfill statuses: the statuses, or what could not be read. */
export interface StatusReport {
  readonly text: string;
  readonly failed: boolean;
}

type Known = Pick<Store, 'loaded' | 'account' | 'get'>;

/** Reports only statuses that were requested and could be read. */
export async function statusReport(
  store: Known,
  { failures, asked, without }: StatusRefresh,
): Promise<StatusReport> {
  if (failures.length > 0) return { text: failureText(store, failures), failed: true };
  const texts = [
    ...(asked.length > 0 ? [upToDate(await counts(store.loaded(), asked))] : []),
    ...(without.length > 0 ? [withoutBackfills(store, without)] : []),
  ];
  return { text: texts.join(' '), failed: false };
}

function failureText(store: Known, failures: readonly StatusFailure[]): string {
  const listed = failures.slice(0, MAX_LISTED).map((failure) => getText(store, failure));
  const others = failures.length - listed.length;
  return [
    l10n.t('Some backfill statuses could not be loaded.'),
    ...listed,
    ...(others > 0 ? [l10n.t('And {0} more.', others)] : []),
  ].join(' ');
}

function getText(store: Known, { path, problem }: StatusFailure): string {
  const account = store.account(path)?.name;
  const label = store.get(path)?.label;
  const place = [...new Set([problem.place ?? account, label === account ? undefined : label])]
    .filter((name) => name !== undefined)
    .join(' › ');
  return l10n.t('{0}: {1}', place, problemText(problem));
}

/** How many of the requested connections have running and failed backfills. */
async function counts(
  loaded: Iterable<Resource>,
  asked: readonly ResourcePath[],
): Promise<readonly [running: number, failed: number]> {
  const connections = await filterInTurns(
    loaded,
    ({ kind, path }) =>
      kind === 'connection' && asked.some((place) => isWithin(path, place) || isWithin(place, path)),
  );
  const states = connections.map(({ status }) => status?.state);
  const count = (state: string): number => states.filter((each) => each === state).length;
  return [count('running'), count('failed')];
}

function upToDate([running, failed]: readonly [number, number]): string {
  return l10n.t('Backfill status updated. Connections running: {0}, failed: {1}.', running, failed);
}

/** Names the services that have no backfills, and what was done there instead. */
function withoutBackfills(store: Known, paths: readonly ResourcePath[]): string {
  const services = paths.map((path) => store.account(getAccountPath(path))?.service ?? '');
  const titles = new Set(services.map(serviceTitle));
  return l10n.t('Refreshed. No backfills for {0}.', [...titles].join(', '));
}
