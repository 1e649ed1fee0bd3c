import type { Resource } from '../services/service';
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
  const found = await findResources(store, input.id.trim(), signal);
  return pagedAnswer({ items: found.map((resource) => describe(store, resource)) }, input);
}

/** The resources with an id: those that are loaded, else those that the services name. */
export async function findResources(
  store: Store,
  id: string,
  signal: AbortSignal,
): Promise<readonly Resource[]> {
  const loaded = store.find(id);
  return loaded.length > 0 ? loaded : await store.locate(id, signal);
}
