import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { ToolError } from './toolError';

/**
 * The accounts that a model means.
 * @param name the name or the id of one; absent: all.
 * @throws ToolError that names those there are.
 */
export function accountsFor(store: Store, name: string | undefined): readonly Resource[] {
  const all = store.accounts();
  if (all.length === 0)
    throw new ToolError('There is no account. The user can add one by the command "Add Account".');
  if (name === undefined) return all;
  const wanted = name.toLowerCase();
  const found = all.filter(({ id, label }) => id === name || label.toLowerCase() === wanted);
  if (found.length > 0) return found;
  throw new ToolError(
    `There is no account "${name}". There are: ${all.map(({ label }) => `"${label}"`).join(', ')}.`,
  );
}
