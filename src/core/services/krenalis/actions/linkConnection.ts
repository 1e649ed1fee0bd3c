import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { requireField } from '../../common/actions';
import { id } from '../../common/decode';
import type { ActionResult, ActionInputValues } from '../../contract/action';
import type { Field, Choice } from '../../contract/signIn';
import type { Resource } from '../../contract/resource';
import type { ConnectorCache } from '../client/connectors';
import type { Operations } from '../client/operations';
import { type ActionHandler, parentList, type Offer } from './actionHandler';

/**
 * Links two connections, so that events of the source go to the destination, or undoes that
 * (POST and DELETE /v1/connections/{source}/links/{destination}). It can be done from either side.
 */
export class LinkConnection implements ActionHandler {
  readonly id: 'link' | 'unlink';

  constructor(
    verb: 'link' | 'unlink',
    private readonly operations: Operations,
    private readonly catalogue: ConnectorCache,
  ) {
    this.id = verb;
  }

  offer(resource: Resource): Offer | undefined {
    const choices = this.#choices(resource);
    if (!choices) return undefined;
    const title = this.id === 'link' ? l10n.t('Link to Connection…') : l10n.t('Unlink from Connection…');
    return {
      verb: this.id,
      title,
      confirmation: this.id === 'link' ? 'harmless' : 'confirm',
      input: { kind: 'fields', fields: [field(choices)] },
      ...(choices.length === 0 && {
        obstacle: { reason: l10n.t('There is no other connection to link to.') },
      }),
    };
  }

  async perform(connection: Resource, answer: ActionInputValues, call: CallOptions): Promise<ActionResult> {
    const other = requireField(answer, 'connection');
    const [source, destination] =
      getRole(connection) === 'Source' ? [connection.id, other] : [other, connection.id];
    await this.operations.link(this.id === 'link' ? 'POST' : 'DELETE', source, destination, call);
    return { changed: [parentList(connection)] };
  }

  /** The connections to choose from; undefined where there is nothing to be linked or unlinked. */
  #choices(resource: Resource): readonly Choice[] | undefined {
    if (resource.kind !== 'connection') return undefined;
    const linked = linkedIds(resource);
    if (this.id === 'unlink' && linked.length === 0) return undefined;
    if (this.id === 'unlink') return linked.map((one) => this.catalogue.choice(one));
    if (!takesPartInEvents(resource)) return undefined;
    return this.catalogue.connections
      .filter((other) => takesPartInEvents(other) && getRole(other) !== getRole(resource))
      .filter((other) => !linked.includes(other.id))
      .map((other) => this.catalogue.choice(other.id));
  }
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

function getRole({ json }: Resource): unknown {
  return json?.role;
}

/**
 * True where events may come from or go to a connection: sources of SDK and webhook connectors, and destinations with a
 * sending mode. That these are just the destinations with events is inferred from the list of connectors.
 */
function takesPartInEvents({ json }: Resource): boolean {
  if (json?.role === 'Source') return json.connectorType === 'SDK' || json.connectorType === 'Webhook';
  return json?.role === 'Destination' && typeof json.sendingMode === 'string';
}

function linkedIds({ json }: Resource): readonly string[] {
  const linked: readonly unknown[] = Array.isArray(json?.linkedConnections) ? json.linkedConnections : [];
  return linked.flatMap((value) => {
    const decoded = v.safeParse(id, value);
    return decoded.success ? [decoded.output] : [];
  });
}
