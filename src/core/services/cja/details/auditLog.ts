import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { expectError } from '../../../base/errors';
import type { CallOptions, HttpResponse } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { toDate } from '../../common/dates';
import { isJsonObject } from '../../../http/json';
import { part, text } from '../../common/decode';
import { writeJson } from '../../common/exactJson';
import { type User, userHint, userText } from '../../common/users';
import type { Log, LogColumn, LogEntry, LogPage } from '../../contract/detailViews';
import type { Cursor } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import { GATEWAY_CODE } from '../client/errors';
import type { Operations } from '../client/operations';
import { nextCursors, readListing, readPosition } from '../client/paging';
import type { AuditedComponent } from '../client/parameters';

/** The default of the service, and what the page of the guide recommends by it. */
const PAGE_SIZE = 100;

/** An entry, as far as it is shown (guide "CJA Audit Logs"). Users without a name or e-mail address have null there. */
const auditEntry = v.object({
  id: text,
  dateCreated: text,
  action: text,
  description: text,
  user: part({ id: text, name: text, email: text }),
  component: part({ id: text }),
});

type AuditEntry = v.InferOutput<typeof auditEntry>;

/** Who changed a connection or a data view (GET /auditlogs/api/v1/auditlogs). */
export class AuditLog implements Log {
  constructor(private readonly operations: Pick<Operations, 'auditLogs'>) {}

  get columns(): readonly LogColumn[] {
    return [
      { label: l10n.t('Time'), kind: 'date' },
      { label: l10n.t('Action'), kind: 'text' },
      { label: l10n.t('User'), kind: 'text' },
      { label: l10n.t('Description'), kind: 'text' },
    ];
  }

  appliesTo(resource: Resource): boolean {
    return toAuditedComponent(resource) !== undefined;
  }

  emptyText({ kind }: Resource): string {
    return kind === 'dataView'
      ? l10n.t('The audit log has no entries about this data view.')
      : l10n.t('The audit log has no entries about this connection.');
  }

  async read(resource: Resource, cursor: Cursor | undefined, call: CallOptions): Promise<LogPage> {
    const component = toAuditedComponent(resource);
    if (component === undefined)
      throw new HttpError('rejected', l10n.t('"{0}" has no audit log.', resource.label));
    const at = readPosition({ size: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });
    const query = { component, componentId: resource.id, pageSize: at.limit, pageNumber: at.page };
    const response = await this.operations.auditLogs(query, call).catch(explainRefusal);
    return toPage(response, resource, at);
  }
}

function toAuditedComponent({ kind, id }: Resource): AuditedComponent | undefined {
  if (id === '') return undefined;
  return kind === 'connection' ? 'CONNECTION' : kind === 'dataView' ? 'DATA_VIEW' : undefined;
}

/** The permission is named in Adobe's guide "Audit logs". That a missing log is answered 404 is an inference. */
function explainRefusal(error: unknown): never {
  const refusal = expectError(error, HttpError);
  if (refusal.kind === 'notFound')
    throw refusal.withAdvice(
      l10n.t('The audit log may not be enabled for the organization. Ask a product administrator.'),
    );
  if (refusal.kind !== 'permission' || GATEWAY_CODE.test(refusal.code ?? '')) throw refusal;
  throw refusal.withAdvice(
    l10n.t(
      'Reading the audit log requires the permission "Audit Logs Access". Ask a product administrator to add the account to a product profile of Customer Journey Analytics that has this permission, in the Admin Console. Then try again.',
    ),
  );
}

function toPage(response: HttpResponse, resource: Resource, at: ReturnType<typeof readPosition>): LogPage {
  const listing = readListing(response);
  const { values, total } = listing;
  const entries = values.flatMap((value, place) => toEntry(value, resource, `${at.page}.${place}`));
  const [next] = nextCursors(listing, at, false);
  return {
    ...{ entries, received: values.length },
    ...(next !== undefined && { next }),
    ...(total !== undefined && { total }),
  };
}

/** @returns none for what is no entry, or one about another component: a service may not know the filter. */
function toEntry(value: unknown, resource: Resource, place: string): readonly LogEntry[] {
  const decoded = v.safeParse(auditEntry, value);
  if (!decoded.success || !isJsonObject(value)) return [];
  const entry = decoded.output;
  const about = entry.component?.id;
  if (about !== undefined && bareId(about) !== bareId(resource.id)) return [];
  const at = toDate(entry.dateCreated);
  const cells = [
    at ?? entry.dateCreated ?? '',
    actionText(entry.action),
    getName(entry.user),
    entry.description ?? '',
  ];
  if (cells.every((cell) => cell === '')) return [];
  const id = entry.id ?? `${place} ${writeJson(cells)}`;
  const hint = userHint(toUser(entry.user));
  return [{ id, ...(at !== undefined && { at }), cells, ...(hint && { hints: ['', '', hint, ''] }) }];
}

/** Sources differ on whether the IDs of connections and data views have their prefixes. */
function bareId(id: string): string {
  return id.replace(/^(?:dg|dv)_/, '');
}

/** What the service tells of a user: name and e-mail address. */
function getName(user: AuditEntry['user']): string {
  return userText(toUser(user)) ?? '';
}

function toUser(user: AuditEntry['user']): User {
  const { id, name, email } = user ?? {};
  const both = name !== undefined && email !== undefined && email !== name;
  return { id, name: both ? l10n.t('{0} ({1})', name, email) : (name ?? email) };
}

/** The actions of the guide; others as the service spells them. */
function actionText(action = ''): string {
  switch (action) {
    case 'API_REQUEST':
      return l10n.t('API request');
    case 'APPROVE':
      return l10n.t('Approved');
    case 'CREATE':
      return l10n.t('Created');
    case 'DELETE':
      return l10n.t('Deleted');
    case 'EDIT':
      return l10n.t('Edited');
    case 'EXPORT':
      return l10n.t('Exported');
    case 'REFRESH':
      return l10n.t('Refreshed');
    case 'SHARE':
      return l10n.t('Shared');
    case 'TRANSFER':
      return l10n.t('Transferred');
    case 'UNAPPROVE':
      return l10n.t('Approval withdrawn');
    case 'UNSHARE':
      return l10n.t('No longer shared');
    default:
      return action;
  }
}
