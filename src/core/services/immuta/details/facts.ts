import * as v from 'valibot';
import { toDate } from '../../common/dates';
import type { ResourceFacts } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { connectionSchema, dataObjectSchema } from '../client/schemas';

/** The times of a connection or a data object. */
export function toFacts({ kind, json }: Resource): ResourceFacts {
  if (kind !== 'connection' && kind !== 'dataObject') return {};
  const decoded = v.safeParse(kind === 'connection' ? connectionSchema : dataObjectSchema, json);
  if (!decoded.success) return {};
  return { created: toDate(decoded.output.createdAt), modified: toDate(decoded.output.updatedAt) };
}
