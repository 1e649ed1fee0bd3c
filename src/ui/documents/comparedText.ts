import { parsePath, type ResourcePath } from '../../core/services/contract/path';

/** The source of one side of a comparison: a resource, or a file by its URI. */
export type Source = { readonly path: ResourcePath } | { readonly file: string };

/**
 * One side of a comparison. Its URI contains all of it, so that the text can be created again at any time.
 */
export interface ComparedText {
  readonly source: Source;
  /** The service IDs of both sides: server-managed fields of any of them are omitted on both. */
  readonly services: readonly string[];
}

/** The side as the query of a URI. */
export function toQuery({ source, services }: ComparedText): string {
  const query = new URLSearchParams('path' in source ? { path: source.path } : { file: source.file });
  for (const service of services) query.append('service', service);
  return query.toString();
}

/** @returns undefined if {@link toQuery} did not create the query. */
export function parseComparedText(query: string): ComparedText | undefined {
  const values = new URLSearchParams(query);
  const services = values.getAll('service');
  const file = values.get('file');
  if (file !== null) return { source: { file }, services };
  const path = parsePath(values.get('path') ?? '');
  return path && { source: { path }, services };
}
