import * as v from 'valibot';
import { toDate } from '../../common/dates';
import type { ResourceFacts } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { connectionSchema } from '../client/schemas';
import { isZeroTime } from './properties';

/** The times of a connection. */
export function toFacts({ kind, json }: Resource): ResourceFacts {
  const decoded = v.safeParse(connectionSchema, json);
  if (kind !== 'connection' || !decoded.success) return {};
  return { created: knownTime(decoded.output.created_at), modified: knownTime(decoded.output.updated_at) };
}

function knownTime(time: string | undefined): string | undefined {
  return isZeroTime(time) ? undefined : toDate(time);
}
