/**
 * The data of the service, as far as this extension reads it (OpenAPI, tag "Rum Audience Management"). Only IDs are
 * required.
 */
import * as v from 'valibot';
import { flag, id, list, part, text } from '../../common/decode';

export const connectionSchema = v.object({
  id,
  /** `ref_table`, or others: the document names no other. */
  type: text,
  join: part({ attribute: text, type: text }),
  fields: list,
  created_at: text,
  created_by: text,
  updated_at: text,
  updated_by: text,
});

export type Connection = v.InferOutput<typeof connectionSchema>;

export const fieldSchema = v.object({
  id,
  /** The column of the data source. */
  source_name: text,
  /** `string`, `number`, or others. */
  type: text,
  display_name: text,
  description: text,
  groups: list,
});

export type ConnectionField = v.InferOutput<typeof fieldSchema>;

/** An attribute of an entity, either Datadog's own or one of a connection (GetMapping). */
export const attributeSchema = v.object({
  attribute: id,
  type: text,
  display_name: text,
  description: text,
  groups: list,
  is_custom: flag,
});

export type Attribute = v.InferOutput<typeof attributeSchema>;
