import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { HttpError } from '../../../http/errors';
import type { CallOptions, HttpResponse } from '../../../http/types';
import { unexpectedAnswer } from '../../common/answerErrors';
import { text } from '../../common/decode';
import type { Property } from '../../contract/properties';
import type { Report, Reports } from '../../contract/detailViews';
import { type Resource, getJson } from '../../contract/resource';
import { readList, readObject } from '../client/listing';
import type { ErrorsQuery, Operations } from '../client/operations';
import {
  metricsSchema,
  type PipelineError,
  pipelineErrorSchema,
  type Run,
  runSchema,
} from '../client/schemas';
import { failedCount, stepName, toSteps } from '../levels/steps';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The maximum that the service accepts. */
const MAX_ERRORS = 100;

/** The maximum that the service accepts. */
const METRIC_DAYS = 30;

/** Since v0.41; earlier versions have 6, without the consent step. */
const STEPS = 7;

/** The errors that a tooltip shows. */
const MAX_SUMMARY = 3;

/** Why runs failed or left items out, and what pipelines did day by day (recorded). */
export class KrenalisReports implements Reports {
  constructor(private readonly operations: Pick<Operations, 'errors' | 'metricsByDay'>) {}

  title({ kind, hasChildren }: Resource): string | undefined {
    if (kind === 'run') return l10n.t('Errors');
    return kind === 'pipeline' && hasChildren ? l10n.t('Last {0} days', METRIC_DAYS) : undefined;
  }

  /** Also one that has rejected items. */
  explainsFailure({ kind, json }: Resource): boolean {
    const decoded = v.safeParse(runSchema, getJson({ json }));
    return (
      kind === 'run' && decoded.success && (Boolean(decoded.output.error) || failedCount(decoded.output) > 0)
    );
  }

  async read(resource: Resource, call: CallOptions): Promise<Report> {
    if (resource.kind === 'pipeline')
      return toMetrics(await this.operations.metricsByDay(resource.id, METRIC_DAYS, call), resource.id);
    const decoded = v.safeParse(runSchema, getJson(resource));
    const query = decoded.success ? toQuery(decoded.output) : undefined;
    if (!decoded.success || !query || decoded.output.pipeline === undefined)
      throw new HttpError('rejected', l10n.t('The service does not say when this run started.'));
    const { pipeline, passed = [] } = decoded.output;
    return toErrors(await this.operations.errors(pipeline, query, call), passed.length || STEPS);
  }
}

/** The minutes of a run, or until now while it is running. Undefined without a start. */
function toQuery({ startTime, endTime }: Run): ErrorsQuery | undefined {
  const start = Date.parse(startTime ?? '');
  const end = endTime === undefined ? Date.now() : Date.parse(endTime);
  if (Number.isNaN(start) || Number.isNaN(end)) return undefined;
  const from = Math.floor(start / MINUTE_MS) * MINUTE_MS;
  const to = (Math.floor(Math.max(start, end) / MINUTE_MS) + 1) * MINUTE_MS;
  return { start: isoSeconds(from), end: isoSeconds(to), limit: MAX_ERRORS };
}

function isoSeconds(moment: number): string {
  return new Date(moment).toISOString().replace('.000Z', 'Z');
}

function toErrors(response: HttpResponse, steps: number): Report {
  const values = readList(response, 'errors');
  const errors = values.flatMap((value) => {
    const decoded = v.safeParse(pipelineErrorSchema, value);
    return decoded.success && (decoded.output.message !== undefined || decoded.output.step !== undefined)
      ? [decoded.output]
      : [];
  });
  const getName = ({ step }: PipelineError): string => (step === undefined ? '' : stepName(step, steps));
  const note = errorsNote(values.length, errors.length);
  return {
    columns: [
      { label: l10n.t('Step'), kind: 'text' },
      { label: l10n.t('Message'), kind: 'text' },
      { label: l10n.t('Items'), kind: 'number' },
      { label: l10n.t('Last occurred'), kind: 'date' },
    ],
    rows: errors.map((error) => [
      getName(error),
      error.message ?? '',
      error.count ? String(error.count) : '',
      error.lastOccurred ?? '',
    ]),
    ...(note !== undefined && { note }),
    summary: toSummary(errors, getName),
  };
}

function errorsNote(sent: number, read: number): string | undefined {
  if (sent === 0) return l10n.t('The service has no errors of this run.');
  if (read < sent) return l10n.t('{0} errors could not be read.', sent - read);
  return sent >= MAX_ERRORS ? l10n.t('Showing the latest {0} errors.', MAX_ERRORS) : undefined;
}

function toSummary(
  errors: readonly PipelineError[],
  getName: (error: PipelineError) => string,
): readonly Property[] {
  const shown = errors.slice(0, MAX_SUMMARY).map((error) => ({
    label: getName(error) ? l10n.t('Error at {0}', getName(error)) : l10n.t('Error'),
    value: error.count ? l10n.t('{0} ({1} items)', error.message ?? '', error.count) : (error.message ?? ''),
  }));
  const others = errors.length - shown.length;
  return others > 0 ? [...shown, { label: l10n.t('Errors'), value: l10n.t('and {0} more', others) }] : shown;
}

/** The days on which something happened, the latest first. */
function toMetrics(response: HttpResponse, pipeline: string): Report {
  const start = Date.parse(v.parse(text, readObject(response).start) ?? '');
  if (Number.isNaN(start))
    throw unexpectedAnswer(response, l10n.t('The response does not say which day it begins with.'));
  const own = readList(response, 'metrics').flatMap((value) => {
    const decoded = v.safeParse(metricsSchema, value);
    return decoded.success && decoded.output.pipeline === pipeline ? [decoded.output] : [];
  });
  const days = own.flatMap(({ passed = [], failed = [] }) =>
    Array.from({ length: Math.max(passed.length, failed.length) }, (_, day) =>
      dayRow(start + day * DAY_MS, counts(passed[day]), counts(failed[day])),
    ),
  );
  const rows = days.flatMap((row) => (row ? [row] : [])).toReversed();
  return {
    columns: [
      { label: l10n.t('Day (UTC)'), kind: 'text' },
      { label: l10n.t('Received'), kind: 'number' },
      { label: l10n.t('Finished'), kind: 'number' },
      { label: l10n.t('Failed'), kind: 'number' },
      { label: l10n.t('Failed at'), kind: 'text' },
    ],
    rows,
    ...(rows.length === 0 && { note: l10n.t('Nothing was received in this time.') }),
    summary: [],
  };
}

/** @returns undefined for a day on which nothing happened. */
function dayRow(
  moment: number,
  passed: readonly unknown[],
  failed: readonly unknown[],
): readonly string[] | undefined {
  const steps = toSteps({ passed: [...passed], failed: [...failed] });
  const failures = steps.filter((step) => step.failed > 0);
  if (failures.length === 0 && steps.every((step) => step.passed === 0)) return undefined;
  const day = new Date(moment);
  return [
    Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10),
    String(steps[0]?.passed ?? 0),
    String(steps.at(-1)?.passed ?? 0),
    String(failures.reduce((sum, step) => sum + step.failed, 0)),
    failures.map((step) => `${step.name}: ${step.failed}`).join(', '),
  ];
}

function counts(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
