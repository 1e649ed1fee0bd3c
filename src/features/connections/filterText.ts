import type { Resource } from '../../core/services/contract/resource';

/** One condition of a filter: a word, and the trait it must be found in. */
export interface FilterTerm {
  /** `owner`, `sandbox`, `dataset`, `status`, or undefined for name, id and description. */
  readonly key?: string;
  /** Lower case. */
  readonly value: string;
}

/**
 * Reads a filter as the user types it: words that must all be found, each in the name, the id or the description, or
 * after a key in that trait alone: `retail owner:ann sandbox:prod status:failed dataset:5f24 owner:"Ann Lee"`.
 */
export function parseFilter(text: string): readonly FilterTerm[] {
  const terms = text.matchAll(/(?:([A-Za-z]+):)?(?:"([^"]*)"?|(\S+))/g);
  return [...terms]
    .map(([, key, quoted, bare]) => ({
      ...(key && { key: key.toLowerCase() }),
      value: (quoted ?? bare ?? '').toLowerCase(),
    }))
    .filter(({ value }) => value !== '');
}

/**
 * True when a resource meets every term.
 * @param usesDataset tells whether the resource has the dataset of a `dataset:` term, by id.
 */
export function meets(
  resource: Resource,
  terms: readonly FilterTerm[],
  usesDataset: (resource: Resource, dataset: string) => boolean,
): boolean {
  return terms.every(({ key, value }) => {
    switch (key) {
      case undefined:
        return [resource.label, resource.id, resource.description].some((text) => contains(text, value));
      case 'dataset':
        return usesDataset(resource, value);
      case 'status':
        return contains(resource.status?.state, value) || contains(resource.status?.label, value);
      case 'name':
        return contains(resource.label, value);
      case 'id':
        return contains(resource.id, value);
      default:
        return contains(resource.searchAttributes?.[key], value);
    }
  });
}

function contains(text: string | undefined, part: string): boolean {
  return text?.toLowerCase().includes(part) === true;
}
