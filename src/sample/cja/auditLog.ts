import { isoDate } from '../common/dates';
import { cycle, draw, drawHex } from '../common/random';
import { type AuditEntry, type AuditedComponent, person, type Person } from './connection';
import { CjaFailure } from './failures';
import { spoilAuditEntry } from './hostile';
import type { Organization } from './organization';
import { springPage } from './paging';
import { readNumber, readWord } from './parameters';
import { organizationId } from './words';

/** GET /auditlogs/api/v1/auditlogs. That it needs the permission of an admin in the sample is an inference. */
export function listAuditLogs(organization: Organization, query: URLSearchParams): unknown {
  if (!organization.options.admin)
    throw new CjaFailure('insufficient_access', 'The user does not have access to audit logs');
  const type = readWord(query, 'component', ['CONNECTION', 'DATA_VIEW']);
  const entries = getEntries(organization, type, query.get('componentId') ?? '');
  const size = Math.min(readNumber(query, 'pageSize', 100, 1), organization.options.maxLimit);
  const number = readNumber(query, 'pageNumber', 0, 0);
  return springPage(entries, { number, size, sorted: false }, (entry, place) =>
    renderEntry(organization, entry, place),
  );
}

/** What requests did, and before that what is drawn; newest first. */
function getEntries(organization: Organization, type: AuditedComponent, id: string): readonly AuditEntry[] {
  const name =
    type === 'CONNECTION'
      ? organization.connection(id)?.name
      : organization.dataViews().find((dataView) => dataView.id === id)?.written.name;
  const recorded = organization.audited().filter(({ component }) => component.id === id);
  if (name === undefined) return recorded;
  const { auditEntries } = organization.options;
  const component = { id, type, name };
  const seed = draw(organization.options.seed, 'choice', ...Array.from(id, (letter) => letter.charCodeAt(0)));
  const drawn = Array.from({ length: auditEntries }, (_, place) =>
    drawEntry(organization, component, seed, place, auditEntries - 1),
  );
  return [...recorded, ...drawn];
}

const changes = [
  'Updated data retention from 13 to 25 months',
  'Changed the description',
  'Added dataset "Web events"',
  'Removed dataset "Survey answers"',
  'Renamed, formerly "Draft"',
] as const;

function drawEntry(
  { options, start }: Organization,
  component: AuditEntry['component'],
  seed: number,
  place: number,
  last: number,
): AuditEntry {
  const noun = component.type === 'CONNECTION' ? 'connection' : 'data view';
  const isFirst = place === last;
  const isRead = place % 6 === 4;
  return {
    id: drawHex(24, seed, 'choice', place),
    date: start - (place + 1) * 37 * 3_600_000,
    action: isFirst ? 'CREATE' : isRead ? 'API_REQUEST' : 'EDIT',
    description: isFirst
      ? `Created ${noun} ${component.name}`
      : isRead
        ? `Read ${noun} ${component.name}`
        : cycle(changes, place),
    user: place % 4 === 2 ? undefined : person(options.seed, seed + place),
    component,
  };
}

function renderEntry({ options }: Organization, entry: AuditEntry, place: number): unknown {
  const { id, date, action, description, user, component } = entry;
  const json = {
    id,
    dateCreated: isoDate(date).replace('Z', '+00:00'),
    action,
    description,
    imsOrgId: organizationId,
    user: {
      id: user?.imsUserId ?? `${id.slice(0, 8).toUpperCase()}@AdobeID`,
      idType: 'IMS',
      name: user?.name ?? null,
      email: user ? toEmail(user) : null,
    },
    component: { id: component.id, idType: component.type, name: component.name },
  };
  return options.hostile ? spoilAuditEntry(place, json) : json;
}

function toEmail({ name }: Person): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return `${plain.toLowerCase().replaceAll(' ', '.')}@example.com`;
}
