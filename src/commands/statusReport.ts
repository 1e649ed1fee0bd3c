import * as l10n from '@vscode/l10n';
import type { Resource } from '../services/service';
import type { StatusFailure, Store } from '../store/store';

/** So many failures are told one by one. */
const MAX_TOLD = 3;

/** What to tell of a refresh of the backfill status: what is known by now, or what could not be read. */
export interface StatusReport {
  readonly text: string;
  readonly failed: boolean;
}

/** Says no more than is known: nothing is called up to date that could not be read. */
export function statusReport(
  store: Pick<Store, 'loaded' | 'account' | 'get'>,
  failures: readonly StatusFailure[],
): StatusReport {
  if (failures.length === 0) return { text: upToDate(counts([...store.loaded()])), failed: false };
  const told = failures.slice(0, MAX_TOLD).map((failure) => textOf(store, failure));
  const others = failures.length - told.length;
  return {
    text: [
      l10n.t('The backfill status could not be read everywhere.'),
      ...told,
      ...(others > 0 ? [l10n.t('And {0} more.', others)] : []),
    ].join(' '),
    failed: true,
  };
}

function textOf(
  store: Pick<Store, 'account' | 'get'>,
  { path, problem: { what, why, advice } }: StatusFailure,
): string {
  const account = store.account(path)?.name;
  const label = store.get(path)?.label;
  const place = [...new Set([account, label])].filter((name) => name !== undefined).join(' › ');
  return l10n.t('{0}: {1}', place, [what, why, advice].filter(Boolean).join(' '));
}

function counts(loaded: readonly Resource[]): readonly [running: number, failed: number] {
  const states = loaded.filter(({ kind }) => kind === 'connection').map(({ status }) => status?.state);
  const count = (state: string): number => states.filter((each) => each === state).length;
  return [count('running'), count('failed')];
}

function upToDate([running, failed]: readonly [number, number]): string {
  return l10n.t('Backfill status is up to date: {0} connections running, {1} failed.', running, failed);
}
