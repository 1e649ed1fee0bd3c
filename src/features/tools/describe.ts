import { serviceTitle } from '../../core/services/registry';
import { pathSegments, type ResourcePath } from '../../core/services/contract/path';
import type { Account } from '../../core/services/contract/signIn';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { isLine } from '../../shared/plainText';
import { MAX_INPUT_LENGTH } from './toolInput';

/**
 * Everything that a model receives about a resource. Texts are as the service sent them; `pagedAnswer` cleans
 * them.
 */
export interface Described {
  /** Absent if it is longer than tools accept. */
  readonly path?: string;
  readonly kind: string;
  readonly id: string;
  /** Set if the ID contains invisible or control characters, which the response omits. */
  readonly idIsInexact?: true;
  readonly name: string;
  readonly description?: string;
  readonly state?: string;
  /** The service's own label of the state. */
  readonly status?: string;
  readonly service?: string;
  readonly account?: string;
  /** The names of its ancestors, from the outermost. */
  readonly within?: readonly string[];
}

/** The allow-listed fields of a resource. */
export function describe(store: Store, resource: Resource): Described {
  const { path, kind, id, label, description, status } = resource;
  const account = store.account(path);
  const within = ancestors(store, path);
  return {
    ...(path.length <= MAX_INPUT_LENGTH && { path }),
    kind,
    id,
    ...(!isLine(id) && { idIsInexact: true }),
    name: label,
    ...(description && { description }),
    ...(status && { state: status.state, status: status.label }),
    ...(account && accountNames(account)),
    ...(within.length > 0 && { within }),
  };
}

/** The names of an account and its service. */
export function accountNames({ name, service }: Account): { service: string; account: string } {
  return { service: serviceTitle(service), account: name };
}

/** The names of the resources between the account and the resource, as far as they are loaded. */
function ancestors(store: Store, path: ResourcePath): readonly string[] {
  const steps = path.split('/');
  return pathSegments(path)
    .slice(1, -1)
    .map(({ id }, place) => {
      const above = store.get(steps.slice(0, place + 2).join('/') as ResourcePath);
      return above?.label ?? id;
    });
}
