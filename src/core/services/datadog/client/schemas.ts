/** What the service sends, as far as this extension reads it (OpenAPI, tag "Rum Audience Management"). Ids alone are required. */
import * as v from 'valibot';
import { flag, id, list, part, text } from '../../common/decode';

export const connectionSchema = v.object({
  id,
  /** `ref_table`, and what may come: the document names no others. */
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
  /** `string`, `number`, and what may come. */
  type: text,
  display_name: text,
  description: text,
  groups: list,
});

export type ConnectionField = v.InferOutput<typeof fieldSchema>;

/** An attribute of an entity, be it Datadog's own or one that a connection brings (GetMapping). */
export const attributeSchema = v.object({
  attribute: id,
  type: text,
  display_name: text,
  description: text,
  groups: list,
  is_custom: flag,
});

export type Attribute = v.InferOutput<typeof attributeSchema>;
