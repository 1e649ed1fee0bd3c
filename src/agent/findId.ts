import { findById } from '../store/findById';
import type { Store } from '../store/store';
import { describe } from './describe';
import { pagedAnswer } from './toolAnswer';
import type { ToolInput } from './toolInput';

/** The places of an id. Not found is an answer, and no failure. */
export async function findId(
  store: Store,
  input: ToolInput<'find_id'>,
  signal: AbortSignal,
): Promise<string> {
  const found = await findById(store, input.id.trim(), signal);
  return pagedAnswer({ items: found.map((resource) => describe(store, resource)) }, input);
}
