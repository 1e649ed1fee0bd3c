import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { requireField } from '../../common/actions';
import { parentList } from '../../contract/path';
import { id } from '../../common/decode';
import type { Action, ActionResult, ActionInputValues } from '../../contract/action';
import type { Field, Choice } from '../../contract/signIn';
import { type Resource, getJson } from '../../contract/resource';
import type { ConnectorCache } from '../client/connectors';
import type { Operations } from '../client/operations';

/**
 * Links two connections, so that events of the source are sent to the destination, or unlinks them
 * (POST and DELETE /v1/connections/{source}/links/{destination}). Offered on both sides.
 */
export function linkActions(
  operations: Operations,
  connectors: ConnectorCache,
  connection: Resource,
): readonly Action[] {
  const linked = linkedIds(connection);
  const linkable = connectors.connections
    .filter((other) => takesPartInEvents(other) && getRole(other) !== getRole(connection))
    .filter((other) => !linked.includes(other.id));
  const toChoices = (ids: readonly string[]): readonly Choice[] => ids.map((id) => connectors.choice(id));
  return [
    ...(takesPartInEvents(connection)
      ? [link(operations, connection, toChoices(linkable.map(({ id: other }) => other)))]
      : []),
    ...(linked.length > 0 ? [unlink(operations, connection, toChoices(linked))] : []),
  ];
}

function link(operations: Operations, connection: Resource, choices: readonly Choice[]): Action {
  return {
    id: 'link',
    verb: 'link',
    title: l10n.t('Link to Connection…'),
    confirmation: 'harmless',
    input: { kind: 'fields', fields: [field(choices)] },
    ...(choices.length === 0 && {
      obstacle: { reason: l10n.t('There is no other connection to link to.') },
    }),
    perform: (values, call) => sendLink(operations, 'POST', connection, values, call),
  };
}

function unlink(operations: Operations, connection: Resource, choices: readonly Choice[]): Action {
  return {
    id: 'unlink',
    verb: 'unlink',
    title: l10n.t('Unlink from Connection…'),
    confirmation: 'confirm',
    input: { kind: 'fields', fields: [field(choices)] },
    perform: (values, call) => sendLink(operations, 'DELETE', connection, values, call),
  };
}

async function sendLink(
  operations: Operations,
  method: 'POST' | 'DELETE',
  connection: Resource,
  values: ActionInputValues,
  call: CallOptions,
): Promise<ActionResult> {
  const other = requireField(values, 'connection');
  const isSource = getRole(connection) === 'Source';
  const [source, destination] = isSource ? [connection.id, other] : [other, connection.id];
  await operations.link(method, source, destination, call);
  return { changed: [parentList(connection)] };
}

function field(choices: readonly Choice[]): Field {
  return {
    key: 'connection',
    label: l10n.t('Connection'),
    prompt: l10n.t('The connection that events are sent to or received from.'),
    secret: false,
    optional: false,
    choices,
    validate: (text) =>
      choices.some(({ value }) => value === text) ? undefined : l10n.t('Select one of the connections.'),
  };
}

function getRole(connection: Resource): unknown {
  return getJson(connection)?.role;
}

/**
 * True if a connection can send or receive events: sources of SDK and webhook connectors, and destinations
 * with a sending mode. That exactly these destinations have events is inferred from the list of connectors.
 */
function takesPartInEvents(connection: Resource): boolean {
  const json = getJson(connection);
  if (json?.role === 'Source') return json.connectorType === 'SDK' || json.connectorType === 'Webhook';
  return json?.role === 'Destination' && typeof json.sendingMode === 'string';
}

function linkedIds(connection: Resource): readonly string[] {
  const given: unknown = getJson(connection)?.linkedConnections;
  const linked: readonly unknown[] = Array.isArray(given) ? given : [];
  return linked.flatMap((value) => {
    const decoded = v.safeParse(id, value);
    return decoded.success ? [decoded.output] : [];
  });
}
