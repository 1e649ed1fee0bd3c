import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { expectError } from '../../../base/errors';
import type { CallOptions, HttpResponse } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { isJsonObject } from '../../../http/json';
import { list, number, part, text } from '../../common/decode';
import type { Log, LogColumn, LogEntry, LogPage } from '../../contract/detailViews';
import type { Cursor } from '../../contract/page';
import type { Resource, Status } from '../../contract/resource';
import type { StatusState } from '../../../../shared/status';
import type { Catalog } from '../client/transport';
import { GATEWAY_CODE } from '../client/errors';
import { readMembers } from '../client/paging';

/** Batches of a page: the default of the service (guide "Filter Catalog data"). */
const PAGE_SIZE = 20;

/** The permission to read datasets, as Adobe's guide of access control names it. */
const PERMISSION = 'View Datasets';

/** The errors of a batch that are told. */
const MAX_ERRORS = 5;

/** The most milliseconds since 1970 that a Date can hold. */
const MAX_TIME = 8.64e15;

/** A batch, as far as it is shown (guides "Data Access API" and "Batch ingestion"). */
const batchSchema = v.object({
  /** Milliseconds since 1970. */
  created: number,
  status: text,
  metrics: part({
    recordsRead: number,
    recordsWritten: number,
    recordsFailed: number,
    /** Of batches that were ingested otherwise (guide "Batch ingestion troubleshooting"). */
    inputRecordSize: number,
    outputRecordSize: number,
  }),
  errors: list,
  relatedObjects: list,
});

type Batch = v.InferOutput<typeof batchSchema>;

const errorSchema = v.object({ code: text, description: text });
const relatedSchema = v.object({ type: text, id: text });

/** The batches of a dataset in Adobe Experience Platform: why there is no new data (GET /data/foundation/catalog/batches). */
export class Batches implements Log {
  /** @param onlySandbox the sandbox that the account's settings limit connections to. */
  constructor(
    private readonly catalog: Pick<Catalog, 'batches'>,
    private readonly onlySandbox: string | undefined,
  ) {}

  get columns(): readonly LogColumn[] {
    return [
      { label: l10n.t('Created'), kind: 'date' },
      { label: l10n.t('Status'), kind: 'status' },
      { label: l10n.t('Read'), kind: 'number' },
      { label: l10n.t('Written'), kind: 'number' },
      { label: l10n.t('Failed'), kind: 'number' },
      { label: l10n.t('Errors'), kind: 'text' },
      { label: l10n.t('Batch ID'), kind: 'text' },
    ];
  }

  appliesTo({ kind, id }: Resource): boolean {
    return kind === 'dataset' && id !== '';
  }

  emptyText(): string {
    return l10n.t('Experience Platform has no batches of this dataset.');
  }

  async read(dataset: Resource, cursor: Cursor | undefined, call: CallOptions): Promise<LogPage> {
    const sandbox = dataset.searchAttributes?.sandbox ?? this.onlySandbox ?? '';
    // The name goes into a header.
    if (!/^[\x21-\x7e]+$/.test(sandbox)) throw unknownSandbox();
    const start = cursor === undefined ? 0 : Number(cursor);
    const query = { dataSet: dataset.id, orderBy: 'desc:created', limit: PAGE_SIZE, start } as const;
    const response = await this.catalog
      .batches(query, sandbox, call)
      .catch((error: unknown) => explainRefusal(error, sandbox));
    return toPage(response, dataset, start);
  }
}

function unknownSandbox(): HttpError {
  return new HttpError('rejected', l10n.t('Adobe does not say in which sandbox this dataset is.'), {
    advice: l10n.t(
      'Experience Platform tells the batches of a sandbox only. If all connections of the account are in one, edit the account and enter the sandbox name.',
    ),
  });
}

function explainRefusal(error: unknown, sandbox: string): never {
  const refusal = expectError(error, HttpError);
  if (refusal.kind !== 'permission' || GATEWAY_CODE.test(refusal.code ?? '')) throw refusal;
  throw refusal.withAdvice(
    l10n.t(
      'Reading batches requires the permission "{0}" in the sandbox {1} of Experience Platform. Ask an administrator of Experience Platform to give it to the account. Then try again.',
      PERMISSION,
      sandbox,
    ),
  );
}

/** The answer is an object whose members are the batches, by their IDs. */
function toPage(response: HttpResponse, dataset: Resource, start: number): LogPage {
  const members = readMembers(response);
  const entries = members.flatMap(([id, value]) => toEntry(id, value, dataset));
  return {
    ...{ entries, received: members.length },
    ...(members.length >= PAGE_SIZE && { next: String(start + members.length) as Cursor }),
  };
}

/** @returns none for what is no batch, or one of another dataset: a service may not know the filter. */
function toEntry(id: string, value: unknown, dataset: Resource): readonly LogEntry[] {
  const decoded = v.safeParse(batchSchema, value);
  if (!decoded.success || !isJsonObject(value)) return [];
  const batch = decoded.output;
  if (!isOfDataset(batch, dataset.id)) return [];
  const { created, status, metrics, errors } = batch;
  const at =
    created !== undefined && Math.abs(created) <= MAX_TIME ? new Date(created).toISOString() : undefined;
  return [
    {
      ...{ id, ...(at !== undefined && { at }) },
      cells: [
        at ?? '',
        '',
        countText(metrics?.recordsRead ?? metrics?.inputRecordSize),
        countText(metrics?.recordsWritten ?? metrics?.outputRecordSize),
        countText(metrics?.recordsFailed),
        errorsText(errors ?? []),
        id,
      ],
      ...(status !== undefined && { status: toStatus(status) }),
    },
  ];
}

function isOfDataset({ relatedObjects = [] }: Batch, id: string): boolean {
  const datasets = relatedObjects.flatMap((value) => {
    const decoded = v.safeParse(relatedSchema, value);
    return decoded.success && decoded.output.type === 'dataSet' ? [decoded.output.id] : [];
  });
  return datasets.length === 0 || datasets.includes(id);
}

function countText(count: number | undefined): string {
  return count === undefined ? '' : String(count);
}

function errorsText(errors: readonly unknown[]): string {
  const told = errors.flatMap((error) => {
    const decoded = v.safeParse(errorSchema, error);
    const words = decoded.success ? [decoded.output.code, decoded.output.description] : [];
    const known = words.filter((word) => word !== undefined);
    return known.length > 0 ? [known.join(': ')] : [];
  });
  const others = told.length - MAX_ERRORS;
  return [...told.slice(0, MAX_ERRORS), ...(others > 0 ? [l10n.t('and {0} more', others)] : [])].join('; ');
}

/** The states of the guides "Batch ingestion" and "Batch ingestion troubleshooting". */
const STATES: Readonly<Record<string, StatusState>> = {
  ...{ active: 'ok', success: 'ok' },
  ...{ failed: 'failed', failure: 'failed', stalled: 'failed', abandoned: 'failed' },
  ...{
    loading: 'running',
    staging: 'running',
    staged: 'running',
    processing: 'running',
    retrying: 'warning',
  },
  ...{ loaded: 'queued', queued: 'queued' },
  ...{
    aborted: 'inactive',
    inactive: 'inactive',
    archived: 'inactive',
    retained: 'inactive',
    deleted: 'inactive',
  },
};

function toStatus(label: string): Status {
  const word = label.toLowerCase();
  return { state: (Object.hasOwn(STATES, word) ? STATES[word] : undefined) ?? 'unknown', label };
}
