import * as l10n from '@vscode/l10n';
import { parentPath } from '../../core/services/contract/path';
import type { NewData, Resource, Status } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { age } from '../../shared/relativeTime';
import type { StatusState } from '../../shared/status';

const HOUR_MS = 3_600_000;

export interface FreshnessContext {
  readonly store: Pick<Store, 'rows' | 'readAt'>;
  /** The setting `noNewDataHours`; 0: nothing is said of any resource. */
  readonly hours: number;
  /** Such as `de`. */
  readonly language: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What there is to say of the new data of a resource. */
export interface Staleness {
  readonly text: string;
  /** False if none is expected. */
  readonly alarming: boolean;
}

/** States that are no worse than missing data. */
const CALM: readonly StatusState[] = ['ok', 'inactive', 'unknown'];

/**
 * The warning about a dataset that had been without new data for longer than the setting when it was loaded, or about
 * a connection with such datasets. Data may have come in since, so the time since then is ignored. Sends no request:
 * only considers loaded datasets whose service reports when data came in.
 */
export function findStaleness(context: FreshnessContext, resource: Resource): Staleness | undefined {
  if (context.hours === 0) return undefined;
  if (resource.kind === 'connection') return ofConnection(context, resource);
  const { newData } = resource;
  if (!newData || !isStale(context, resource, newData)) return undefined;
  const newest = age(Date.parse(newData.lastAt), context.language, context.now);
  return newData.isOff
    ? { text: l10n.t('no new data (newest {0}), import is off', newest), alarming: false }
    : { text: l10n.t('no new data (newest {0})', newest), alarming: true };
}

/** A resource with the warning in its status, which needs attention unless something is worse. */
export function withStaleness(context: FreshnessContext, resource: Resource): Resource {
  const staleness = findStaleness(context, resource);
  if (!staleness) return resource;
  const { text, alarming } = staleness;
  if (!alarming) return { ...resource, description: joined(' · ', resource.description, text) };
  return { ...resource, status: worsened(resource.status, text) };
}

function ofConnection(context: FreshnessContext, { path }: Resource): Staleness | undefined {
  const rows = context.store.rows(path) ?? [];
  const stale = rows.filter((row) => row.newData?.isOff === false && isStale(context, row, row.newData));
  if (stale.length === 0) return undefined;
  const text =
    stale.length === 1
      ? l10n.t('no new data in 1 dataset')
      : l10n.t('no new data in {0} datasets', stale.length);
  return { text, alarming: true };
}

function isStale({ store, hours }: FreshnessContext, { path }: Resource, { lastAt }: NewData): boolean {
  const list = parentPath(path);
  const readAt = list && store.readAt(list);
  return readAt !== undefined && readAt - Date.parse(lastAt) > hours * HOUR_MS;
}

/** The worst comes first: a narrow side bar cuts off the end. */
function worsened(status: Status | undefined, text: string): Status {
  if (!status) return { state: 'warning', label: text };
  return CALM.includes(status.state)
    ? { state: 'warning', label: joined(', ', text, status.label) }
    : { ...status, label: joined(', ', status.label, text) };
}

function joined(separator: string, ...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(separator);
}
