import { findById } from '../store/findById';
import type { Store } from '../store/store';
import { describe } from './describe';
import type { Listed } from './toolAnswer';
import type { ToolInput } from './toolInput';

/** The places of an id. Not found is an answer, and no failure. */
export async function findId(
  store: Store,
  input: ToolInput<'find_id'>,
  signal: AbortSignal,
): Promise<Listed> {
  const found = await findById(store, input.id.trim(), signal);
  return { items: found.map((resource) => describe(store, resource)) };
}
