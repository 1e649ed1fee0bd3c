import type { Resource } from '../../core/services/contract/resource';
import { stateWord, statusText } from '../../shared/status';
import { rowStatus } from '../tree/render';

/** One condition of a filter: a word, and the attribute that must contain it. */
export interface FilterTerm {
  /** As in `FILTER_KEYS`, or undefined for what a row shows. */
  readonly key?: string;
  /** Lower case. */
  readonly value: string;
}

/**
 * Parses a filter as the user types it: words that must all be found, each in what a row shows, or after a key in that
 * attribute only: `retail owner:ann sandbox:prod status:failed dataset:5f24 owner:"Ann Lee"`. A key without a value is
 * not finished, and is no condition.
 */
export function parseFilter(text: string): readonly FilterTerm[] {
  const terms = text.matchAll(/(?:([A-Za-z]+):)?(?:"([^"]*)"?|(\S*))/g);
  return [...terms]
    .map(([, key, quoted, bare]) => ({
      ...(key && { key: key.toLowerCase() }),
      value: (quoted ?? bare ?? '').toLowerCase(),
    }))
    .filter(({ value }) => value !== '');
}

/**
 * True if a resource matches every term.
 * @param usesDataset returns whether the resource has the dataset of a `dataset:` term, by ID.
 */
export function matches(
  resource: Resource,
  terms: readonly FilterTerm[],
  usesDataset: (resource: Resource, dataset: string) => boolean,
): boolean {
  return terms.every(({ key, value }) =>
    key === 'dataset'
      ? usesDataset(resource, value)
      : filterValues(resource, key).some((text) => text.toLowerCase().includes(value)),
  );
}

/** The texts of a resource that a term looks in. @param key undefined for a word without one: what its row shows. */
export function filterValues(resource: Resource, key: string | undefined): readonly string[] {
  const { label, id, description, status } = resource;
  switch (key) {
    case undefined:
      return given(label, id, description, rowStatus(resource));
    case 'status':
      return status ? [status.state, stateWord(status.state), status.label, statusText(status)] : [];
    case 'name':
      return [label];
    case 'id':
      return [id];
    default:
      return given(resource.searchAttributes?.[key]);
  }
}

function given(...texts: readonly (string | undefined)[]): readonly string[] {
  return texts.filter((text) => text !== undefined);
}
