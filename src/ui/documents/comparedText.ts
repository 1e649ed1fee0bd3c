import { parsePath, type ResourcePath } from '../../core/services/contract/path';

/** Where one side of a comparison comes from: a resource, or a file by its URI. */
export type Source = { readonly path: ResourcePath } | { readonly file: string };

/** One side of a comparison. Its address holds all of it, so that the text can be made again at any time. */
export interface ComparedText {
  readonly source: Source;
  /** The ids of the services of both sides: what any of them sets by itself is left out on both. */
  readonly services: readonly string[];
}

/** The side as the query of a URI. */
export function toQuery({ source, services }: ComparedText): string {
  const query = new URLSearchParams('path' in source ? { path: source.path } : { file: source.file });
  for (const service of services) query.append('service', service);
  return query.toString();
}

/** @returns undefined where the query is none that {@link toQuery} made. */
export function parseComparedText(query: string): ComparedText | undefined {
  const values = new URLSearchParams(query);
  const services = values.getAll('service');
  const file = values.get('file');
  if (file !== null) return { source: { file }, services };
  const path = parsePath(values.get('path') ?? '');
  return path && { source: { path }, services };
}
