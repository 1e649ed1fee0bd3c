import type { Disposable } from '../../core/base/emitter';
import { errorText } from '../../core/services/common/problem';
import type { Report } from '../../core/services/contract/detailViews';
import type { Session } from '../../core/services/contract/service';
import type { Resource } from '../../core/services/contract/resource';
import type { ReportModel } from '../../shared/models';
import { plainText } from '../../shared/plainText';

/** Longer cells are truncated. */
const MAX_CELL_CHARS = 2000;

/** A report that is read, was read, or could not be. */
interface Reading {
  readonly session: Session;
  /** A resource in another state has another report. */
  readonly state: string | undefined;
  readonly controller: AbortController;
  report?: Report;
  problem?: string;
}

/** The report of the resource that a panel shows, read once it is asked for. */
export class ReportLoader implements Disposable {
  #reading: Reading | undefined;

  /** @param changed is called when reading ends. */
  constructor(private readonly changed: () => void) {}

  dispose(): void {
    this.reset();
  }

  /** What is known; begins to read what is not. Undefined if the resource has no report. */
  model(session: Session, resource: Resource): ReportModel | undefined {
    const title = session.reports?.title(resource);
    if (title === undefined) return undefined;
    const known = this.#reading;
    const isCurrent = known?.session === session && known.state === resource.status?.state;
    return toReportModel(title, resource, isCurrent ? known : this.#read(session, resource));
  }

  /** Reads again what could not be read, or was stopped. */
  retry(): void {
    if (!this.#reading?.report) this.reset();
  }

  /** Reads again. */
  reset(): void {
    this.#reading?.controller.abort();
    this.#reading = undefined;
  }

  /** Stops reading. */
  stop(): void {
    this.#reading?.controller.abort();
  }

  #read(session: Session, resource: Resource): Reading {
    this.#reading?.controller.abort();
    const controller = new AbortController();
    const reading: Reading = { session, state: resource.status?.state, controller };
    this.#reading = reading;
    void this.#finish(reading, resource);
    return reading;
  }

  async #finish(reading: Reading, resource: Resource): Promise<void> {
    const { signal } = reading.controller;
    try {
      const report = await reading.session.reports?.read(resource, { signal, priority: 'interactive' });
      if (report) reading.report = report;
    } catch (error) {
      if (signal.aborted) return;
      reading.problem = errorText(error);
    }
    if (!signal.aborted) this.changed();
  }
}

function toReportModel(title: string, { path }: Resource, reading: Reading): ReportModel {
  const { report, problem, controller } = reading;
  return {
    title: plainText(title),
    source: path,
    columns: report?.columns ?? [],
    rows: (report?.rows ?? []).map((cells) => cells.map((cell) => plainText(cell, MAX_CELL_CHARS))),
    loading: report === undefined && problem === undefined && !controller.signal.aborted,
    ...{ stale: false, more: false },
    ...(problem !== undefined && { problem: plainText(problem, MAX_CELL_CHARS) }),
    ...(controller.signal.aborted && { more: true }),
    ...(report?.note !== undefined && { note: plainText(report.note) }),
  };
}
