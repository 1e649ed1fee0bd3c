import * as l10n from '@vscode/l10n';
import type { Disposable } from '../../core/base/emitter';
import {
  findRemedies,
  incompleteList,
  placedProblemText,
  toProblem,
} from '../../core/services/common/problem';
import type { Log, LogEntry, LogPage } from '../../core/services/contract/detailViews';
import type { Cursor } from '../../core/services/contract/page';
import type { Problem, Resource } from '../../core/services/contract/resource';
import type { LogEntryModel, LogId, LogModel } from '../../shared/models';
import type { Session } from '../../core/services/contract/service';
import { plainText } from '../../shared/plainText';
import { statusModel } from './listModel';

/** Longer cells are truncated. */
const MAX_CELL_CHARS = 2000;

/** More are not loaded. */
const MAX_ENTRIES = 5000;

/** What was loaded of a log. */
interface Loaded {
  /** By ID. */
  readonly entries: ReadonlyMap<string, LogEntry>;
  /** Items that the service sent. */
  readonly received: number;
  /** Those that are no entries. */
  readonly omitted: number;
  readonly total?: number | undefined;
  readonly next?: Cursor | undefined;
}

const NOTHING: Loaded = { entries: new Map(), received: 0, omitted: 0 };

/** A log that is loaded page by page. */
class Reading {
  loaded: Loaded | undefined;
  problem: Problem | undefined;
  /** True if what is shown could not be loaded again. */
  stale = false;
  /** What is being loaded. */
  loading: AbortController | undefined;

  constructor(
    readonly session: Session,
    readonly log: Log,
    readonly resource: Resource,
  ) {}
}

/** The log of the resource that a panel shows: its first page once it is asked for, and the others one by one. */
export class LogLoader implements Disposable {
  #reading: Reading | undefined;
  #isOutdated = false;

  /** @param changed is called when loading starts or ends. */
  constructor(
    private readonly id: LogId,
    private readonly changed: () => void,
  ) {}

  dispose(): void {
    this.#reading?.loading?.abort();
    this.#reading = undefined;
  }

  /** What is known; begins to load what is not. Undefined if the resource has no such log. */
  model(session: Session, resource: Resource): LogModel | undefined {
    const log = session.logs?.[this.id];
    if (!log?.appliesTo(resource)) return undefined;
    if (this.#reading?.session !== session) {
      this.dispose();
      this.#reading = new Reading(session, log, resource);
      this.#isOutdated = true;
    }
    if (this.#isOutdated) this.#load(this.#reading, true);
    return toModel(this.#reading);
  }

  /** Loads the next entries, or what could not be loaded. @param again true: the newest ones again. */
  load(again: boolean): void {
    const reading = this.#reading;
    if (!reading) return;
    this.#load(reading, again || !reading.loaded || reading.stale);
    this.changed();
  }

  /** Makes the next model load the newest entries again. */
  invalidate(): void {
    this.#isOutdated = true;
  }

  /** Stops loading. */
  stop(): void {
    this.#reading?.loading?.abort();
  }

  /** @param fromStart false: the next page, if none is being loaded. */
  #load(reading: Reading, fromStart: boolean): void {
    this.#isOutdated = false;
    const isLoading = reading.loading !== undefined && !reading.loading.signal.aborted;
    if (!fromStart && (isLoading || reading.loaded?.next === undefined)) return;
    reading.loading?.abort();
    const controller = new AbortController();
    reading.loading = controller;
    void this.#finish(reading, fromStart ? NOTHING : (reading.loaded ?? NOTHING), controller);
  }

  async #finish(reading: Reading, before: Loaded, controller: AbortController): Promise<void> {
    const { signal } = controller;
    const { log, resource } = reading;
    try {
      const page = await log.read(resource, before.next, { signal, priority: 'interactive' });
      if (signal.aborted) return;
      reading.loaded = extended(before, page);
      reading.problem = undefined;
      reading.stale = false;
    } catch (error) {
      if (signal.aborted) return;
      reading.problem = toProblem(error);
      reading.stale ||= before === NOTHING && reading.loaded !== undefined;
    }
    reading.loading = undefined;
    this.changed();
  }
}

function extended(before: Loaded, { entries, received, total, next }: LogPage): Loaded {
  return {
    entries: new Map([...before.entries, ...entries.map((entry) => [entry.id, entry] as const)]),
    received: before.received + received,
    omitted: before.omitted + received - entries.length,
    total,
    next,
  };
}

function toModel({ log, resource, loaded, problem, stale, loading }: Reading): LogModel {
  const isStopped = loading?.signal.aborted ?? false;
  const isFull = (loaded?.entries.size ?? 0) >= MAX_ENTRIES;
  const note = loaded && toNote(loaded, isFull);
  return {
    columns: log.columns.map(({ label, kind }) => ({ label: plainText(label), kind })),
    entries: loaded ? newestFirst([...loaded.entries.values()]).map(entryModel) : [],
    empty: log.emptyText(resource),
    loading: loading !== undefined && !isStopped,
    stale,
    more: problem === undefined && !isFull && (isStopped || loaded?.next !== undefined),
    ...(problem && { problem: plainText(placedProblemText(problem), MAX_CELL_CHARS) }),
    ...(problem && findRemedies(problem).includes('editAccount') && { editsAccount: true }),
    ...(note !== undefined && { note }),
  };
}

/** Which entries are not shown. */
function toNote({ received, omitted, total = 0, next }: Loaded, isFull: boolean): string | undefined {
  const { title, detail } = incompleteList(total, received);
  const sentences = [
    omitted === 0
      ? ''
      : omitted === 1
        ? l10n.t('1 entry cannot be read or is about something else.')
        : l10n.t('{0} entries cannot be read or are about something else.', omitted),
    isFull && next !== undefined ? l10n.t('Showing the newest {0} entries.', MAX_ENTRIES) : '',
    next === undefined && total > received ? `${title} ${detail}` : '',
  ].filter(Boolean);
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

/** Entries without a date come last. */
function newestFirst(entries: readonly LogEntry[]): readonly LogEntry[] {
  const moment = ({ at }: LogEntry): number => (at === undefined ? -Infinity : Date.parse(at));
  return entries.toSorted((a, b) => (moment(a) === moment(b) ? 0 : moment(b) - moment(a)));
}

function entryModel({ id, cells, hints, status }: LogEntry): LogEntryModel {
  const toTexts = (texts: readonly string[]): string[] =>
    texts.map((each) => plainText(each, MAX_CELL_CHARS));
  return {
    id,
    cells: toTexts(cells),
    ...(hints && { hints: toTexts(hints) }),
    ...(status && { status: statusModel(status) }),
  };
}
