import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { commented, filled, pretty } from '../../common/document';
import type { JsonObject } from '../../../http/json';
import type { ActionTemplate } from '../../contract/action';
import { fieldDocument, type FieldDocument } from './fieldChanges';

/** The document of a new connection, with the names of CreateConnection. */
export const connectionDocument = v.strictObject({
  id: filled,
  type: filled,
  join_attribute: filled,
  join_type: filled,
  fields: v.array(fieldDocument),
  metadata: v.optional(v.record(v.string(), v.string())),
});

export type ConnectionDocument = v.InferOutput<typeof connectionDocument>;

/** The document of a connection's fields: an object, because a list could not reference its schema. */
export const fieldsDocument = v.strictObject({ fields: v.array(fieldDocument) });

/** A template for a new connection, with one field as an example. */
export function newConnectionDraft(entity: string): ActionTemplate {
  const example: FieldDocument = {
    id: 'customer_tier',
    source_name: 'subscription_tier',
    type: 'string',
    display_name: 'Customer Tier',
    description: '',
    groups: ['Business'],
  };
  const template = {
    id: '',
    type: 'ref_table',
    join_attribute: '',
    join_type: entity === 'users' ? 'email' : '',
    fields: [example],
    metadata: {},
  };
  const lines = [
    l10n.t('A connection adds columns of a data source to {0} as attributes.', entity),
    l10n.t('id: a name of your choice, which cannot be changed later. type: the type of the data source.'),
    l10n.t('join_attribute, join_type: the attribute used to find the record, and the type of key.'),
    l10n.t('fields: the columns. Replace the example. metadata: your own values by key. Optional.'),
  ];
  return { text: commented(lines, pretty(template)), schema: connectionSchema() };
}

/** The fields of a connection, for editing. */
export function fieldsDraft(fields: readonly FieldDocument[]): ActionTemplate {
  const lines = [
    l10n.t('Add, change or remove fields, then save. Only changed fields are sent.'),
    l10n.t('display_name, description and groups can be changed; id, source_name and type cannot.'),
  ];
  return { text: commented(lines, pretty({ fields })), schema: documentSchema() };
}

function documentSchema(): JsonObject {
  return {
    type: 'object',
    required: ['fields'],
    additionalProperties: false,
    properties: { fields: fieldsSchema() },
  };
}

function connectionSchema(): JsonObject {
  return {
    type: 'object',
    required: ['id', 'type', 'join_attribute', 'join_type', 'fields'],
    additionalProperties: false,
    properties: {
      id: filledText(l10n.t('Identifies the connection. It cannot be changed later.')),
      type: { ...filledText(l10n.t('The type of the data source.')), examples: ['ref_table'] },
      join_attribute: filledText(l10n.t('The attribute of the entity used to find its record.')),
      join_type: { ...filledText(l10n.t('The type of key.')), examples: ['email', 'user_id'] },
      fields: fieldsSchema(),
      metadata: {
        type: 'object',
        description: l10n.t('Values by key, stored with the connection.'),
        additionalProperties: { type: 'string' },
      },
    },
  };
}

function fieldsSchema(): JsonObject {
  return {
    type: 'array',
    description: l10n.t('The columns that become attributes.'),
    items: {
      type: 'object',
      required: ['id', 'source_name', 'type'],
      additionalProperties: false,
      properties: {
        id: filledText(l10n.t('Identifies the field within the connection.')),
        source_name: filledText(l10n.t('The column of the data source.')),
        type: { ...filledText(l10n.t('The data type.')), examples: ['string', 'number'] },
        display_name: { type: 'string', description: l10n.t('The name shown in Datadog.') },
        description: { type: 'string', description: l10n.t('What the field means.') },
        groups: {
          type: 'array',
          items: { type: 'string' },
          description: l10n.t('Labels used to group fields.'),
        },
      },
    },
  };
}

function filledText(description: string): JsonObject {
  return { type: 'string', minLength: 1, description };
}
