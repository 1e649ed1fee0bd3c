import * as v from 'valibot';
import { withBudget } from '../../../http/budget';
import type { CallOptions } from '../../../http/types';
import { brokenRuns, latestRuns } from '../../common/currentRuns';
import { idInPath, type ResourcePath } from '../../contract/path';
import type { StateCounts, RunEntry, RunReport, Runs, RunTimes, Coverage } from '../../contract/runs';
import type { PageItem, PageRequest } from '../../contract/page';
import { type Resource, getJson } from '../../contract/resource';
import { everyConnection, listQuery } from './connections';
import { backfillRow, connectionRow, datasetRow } from '../client/expansions';
import type { Operations } from '../client/operations';
import type { CjaSettings } from '../signIn/settings';
import { countStates, countWork, countsWork, plainWord } from './status';
import { backfillSummary, type Backfill, backfillSchema } from '../client/schemas';
import { toDate, parseTimes } from '../../common/dates';

/** Page size for connections with only counts. */
const SUMMARIES = 200;

/** Page size for connections with all their backfills: larger pages may take longer than the gateway's 60 s. */
const INLINE = 100;

const counted = v.object({ backfillSummary });

/**
 * The backfills of an Adobe CJA account. They are included in the list of connections (GET /data/connections with
 * `connectionIds`), so that one request returns all backfills of a page of connections.
 */
export class CjaRuns implements Runs {
  constructor(
    private readonly operations: Operations,
    private readonly settings: CjaSettings,
  ) {}

  async fetchRuns(account: Resource, within: readonly ResourcePath[], call: CallOptions): Promise<RunReport> {
    const question = withBudget(call);
    const whole = within.length === 0 || within.includes(account.path);
    const listed = whole ? await this.#list(account, undefined, question) : [];
    const ids = whole
      ? listed.filter(({ resource }) => mayHaveRuns(resource)).map(getId)
      : connectionIds(within);
    const inline = await Promise.all(chunks(ids).map((part) => this.#list(account, part, question)));
    const reports = inline.flat().map((item) => toReport(item));
    const entries = reports.flatMap((one) => one.entries);
    return {
      entries: latestRuns(entries, whole ? [] : within, this),
      updated: [
        ...listed.flatMap((item) => toReport(item).updated),
        ...reports.flatMap((one) => one.updated),
      ],
      ...(whole && {
        problems: brokenRuns(
          account,
          inline.flat().reduce((sum, item) => sum + countBroken(item), 0),
        ),
      }),
    };
  }

  batches(paths: readonly ResourcePath[]): readonly (readonly ResourcePath[])[] {
    const byConnection = new Map<string, ResourcePath[]>();
    for (const path of paths) {
      const id = idInPath(path, 'connection');
      if (id === undefined) continue;
      const known = byConnection.get(id);
      if (known) known.push(path);
      else byConnection.set(id, [path]);
    }
    return chunks([...byConnection.keys()]).map((ids) => ids.flatMap((id) => byConnection.get(id) ?? []));
  }

  readonly isActive = ({ kind, status, json }: Resource): boolean => {
    if (kind === 'backfill') return status?.state === 'running' || status?.state === 'queued';
    const decoded = v.safeParse(counted, getJson({ json }));
    return decoded.success && countsWork(decoded.output.backfillSummary);
  };

  readonly countActive = ({ json }: Resource): number | undefined => {
    const decoded = v.safeParse(counted, getJson({ json }));
    return decoded.success ? countWork(decoded.output.backfillSummary) : undefined;
  };

  readonly countRuns = ({ json }: Resource): StateCounts | undefined => {
    const decoded = v.safeParse(counted, getJson({ json }));
    const summary = decoded.success ? decoded.output.backfillSummary : undefined;
    return summary && countStates(summary);
  };

  readonly times = (run: Resource): RunTimes => toTimes(run);

  readonly matchesListFilter = ({ status }: Resource): boolean => {
    const wanted = this.settings.backfillStatus;
    const word = plainWord(status?.label ?? '');
    return wanted.length === 0 || wanted.some((one) => plainWord(one) === word);
  };

  /** @param ids of the connections to load with all their backfills; undefined: all connections, with counts only. */
  #list(
    account: Resource,
    ids: readonly string[] | undefined,
    call: CallOptions,
  ): Promise<readonly PageItem[]> {
    const request: PageRequest = { size: ids ? INLINE : SUMMARIES, bypassCache: true, depth: 0 };
    return everyConnection(this.operations, account, request, call, (at) => ({
      ...listQuery(this.settings, request, at),
      ...(ids && {
        connectionIds: ids,
        expansion: [...connectionRow, ...datasetRow, ...backfillRow],
      }),
    }));
  }
}

/** True for connections whose backfills should be requested: some run or failed, or there are no counts. */
function mayHaveRuns({ kind, json }: Resource): boolean {
  const decoded = v.safeParse(counted, getJson({ json }));
  const summary = decoded.success ? decoded.output.backfillSummary : undefined;
  return kind === 'connection' && (!summary || countsWork(summary) || (summary.failed ?? 0) > 0);
}

/** The runs and resources in an item of the list, including its children. */
function toReport({ resource, children }: PageItem, of: readonly string[] = []): RunReport {
  if (!hasStatus(resource)) return { entries: [], updated: [] };
  const below = (children?.items ?? []).map((item) => toReport(item, [...of, resource.label]));
  const own: readonly RunEntry[] = resource.kind === 'backfill' ? [{ run: resource, ancestors: of }] : [];
  return {
    entries: [...own, ...below.flatMap(({ entries }) => entries)],
    updated: [withoutChildren(resource), ...below.flatMap(({ updated }) => updated)],
  };
}

/** Number of included backfills without an ID. */
function countBroken({ resource, children }: PageItem): number {
  const below = children?.items ?? [];
  const own =
    resource.kind === 'dataset' ? below.filter((item) => item.resource.kind === 'problem').length : 0;
  return below.reduce((sum, item) => sum + countBroken(item), own);
}

function hasStatus({ kind }: Resource): boolean {
  return kind === 'connection' || kind === 'dataset' || kind === 'backfill';
}

/** Included datasets and backfills are rows of their own, and would only enlarge the JSON of their ancestors. */
function withoutChildren(resource: Resource): Resource {
  const entries = Object.entries(getJson(resource) ?? {});
  const own = entries.filter(([key]) => key !== 'dataSets' && key !== 'backfills');
  return { ...resource, json: Object.fromEntries(own) };
}

function getId({ resource }: PageItem): string {
  return resource.id;
}

/** The IDs of the connections in the paths, without duplicates. */
function connectionIds(paths: readonly ResourcePath[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => idInPath(path, 'connection') ?? []))];
}

function chunks(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / INLINE);
  return Array.from({ length: count }, (_, index) => ids.slice(index * INLINE, (index + 1) * INLINE));
}

/**
 * When a backfill was requested, and the data that it loads (guide "GET backfills"). The service reports neither start
 * nor end, nor progress.
 * @returns empty for other resources.
 */
export function toTimes({ kind, json }: Resource): RunTimes {
  const decoded = v.safeParse(backfillSchema, getJson({ json }));
  if (kind !== 'backfill' || !decoded.success) return {};
  const covers = toCoverage(decoded.output);
  return { ...parseTimes({ created: decoded.output.createdDate }), ...(covers && { covers }) };
}

/** No dates means all data, unless the service denies that; invalid dates count as unknown. */
function toCoverage({ startDate, endDate, allData }: Backfill): Coverage | undefined {
  if (startDate === undefined && endDate === undefined) return allData === false ? undefined : { all: true };
  const from = toDate(startDate);
  const to = toDate(endDate);
  if (from === undefined && to === undefined) return undefined;
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }), all: false };
}
