import { KINDS, traitsOfKind, type ResourceKind } from '../../../shared/kinds';

/**
 * The path of a resource in the whole tree: the account, then kind and ID of every ancestor, as in
 * `account:a1/connection:dg_1/dataset:5f24/backfill:76ce`. IDs are percent-encoded, so that any ID is a safe segment.
 */
export type ResourcePath = string & { readonly __path: 'ResourcePath' };

/** A segment of a path: the kind of the resource, and its ID as the service wrote it. */
export interface PathSegment {
  readonly kind: string;
  readonly id: string;
}

export function accountPath(accountId: string): ResourcePath {
  return segment('account', accountId) as ResourcePath;
}

export function childPath(parent: ResourcePath, kind: string, id: string): ResourcePath {
  // In this order, V8 makes two strings that refer to the parent's and to the ID, and copies neither.
  return (parent + (`/${kind}:` + encoded(id))) as ResourcePath;
}

/** The path of the parent, or undefined for an account. */
export function parentPath(path: ResourcePath): ResourcePath | undefined {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? undefined : (path.slice(0, slash) as ResourcePath);
}

/** A path and its ancestors, up to the account. */
export function ancestry(path: ResourcePath): readonly ResourcePath[] {
  const paths = [path];
  for (let at = parentPath(path); at; at = parentPath(at)) paths.push(at);
  return paths;
}

/** The segments of a path, starting with the account. */
export function pathSegments(path: ResourcePath): readonly PathSegment[] {
  return path.split('/').map((step) => {
    const colon = step.indexOf(':');
    return { kind: step.slice(0, colon), id: decoded(step.slice(colon + 1)) };
  });
}

export function getAccountId(path: ResourcePath): string {
  return pathSegments(getAccountPath(path))[0]?.id ?? '';
}

export function getAccountPath(path: ResourcePath): ResourcePath {
  const slash = path.indexOf('/');
  return slash < 0 ? path : (path.slice(0, slash) as ResourcePath);
}

/** The ID of the nearest segment of that kind, including the last; undefined if there is none. */
export function idInPath(path: ResourcePath, kind: string): string | undefined {
  return pathSegments(path).findLast((step) => step.kind === kind)?.id;
}

/** True if `path` is `ancestor` or below it. */
export function isWithin(path: ResourcePath, ancestor: ResourcePath): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

/** True for the path of a single run, which never becomes active again once it is over. */
export function isRunPath(path: ResourcePath): boolean {
  const kind = pathSegments(path).at(-1)?.kind ?? '';
  return kind in KINDS && traitsOfKind(kind as ResourceKind).isRun === true;
}

/**
 * Parses a path from outside, such as another extension or saved state.
 * @returns undefined if it is malformed.
 */
export function parsePath(text: string): ResourcePath | undefined {
  const steps = text.split('/');
  const wellFormed = steps.every((step) => /^[A-Za-z]+:[^:/]*$/.test(step) && decodes(step));
  return wellFormed && text.startsWith('account:') ? (text as ResourcePath) : undefined;
}

function segment(kind: string, id: string): string {
  return `${kind}:${encoded(id)}`;
}

/** What `encodeURIComponent` leaves as it is. */
const UNRESERVED = /^[\w.!~*'()-]*$/;

/**
 * `encodeURIComponent` throws on lone surrogates; a hostile ID must neither break its siblings nor collide with another
 * one.
 */
function encoded(id: string): string {
  // `encodeURIComponent` copies what it need not encode.
  if (UNRESERVED.test(id)) return id;
  if (id.isWellFormed()) return encodeURIComponent(id);
  const parts = id.match(/[\uD800-\uDFFF]|[^\uD800-\uDFFF]+/gu) ?? [];
  return parts
    .map((part) => (part.isWellFormed() ? encodeURIComponent(part) : `%u${part.charCodeAt(0).toString(16)}`))
    .join('');
}

/** @throws URIError for text that `encoded` does not return. */
function decoded(text: string): string {
  return text
    .split(/%u(d[89a-f][0-9a-f]{2})/)
    .map((part, index) =>
      index % 2 === 0 ? decodeURIComponent(part) : String.fromCharCode(parseInt(part, 16)),
    )
    .join('');
}

function decodes(step: string): boolean {
  try {
    decoded(step);
    return true;
  } catch {
    return false;
  }
}

/** The list that contains a resource, by the path of its parent. */
export function parentList({ path }: { readonly path: ResourcePath }): ResourcePath {
  return parentPath(path) ?? path;
}
