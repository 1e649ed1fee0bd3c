import * as l10n from '@vscode/l10n';
import { HttpError } from './errors';
import { publicText } from '../redaction/redact';

/**
 * The path and query of a request, beginning with a slash. Only `requestPath` and `withQuery` make one, so no id gets
 * into an address without being encoded: a plain template literal is a `string`, which no request takes.
 */
export type RequestPath = string & { readonly __requestPath: 'RequestPath' };

/**
 * Tag of a template literal: the path of a request, in which every value is one segment.
 * @example requestPath`/v1/connections/${id}/identities`
 * @throws HttpError `rejected` where a value is none, as of `encodeSegment`.
 */
export function requestPath(strings: TemplateStringsArray, ...ids: readonly string[]): RequestPath {
  return String.raw({ raw: strings }, ...ids.map(encodeSegment)) as RequestPath;
}

/**
 * The path with a query: names and values as `application/x-www-form-urlencoded`. Without any, the path alone.
 * @throws HttpError `rejected` where one holds half of a surrogate pair.
 */
export function withQuery(path: RequestPath, query: readonly (readonly [string, string])[]): RequestPath {
  if (query.length === 0) return path;
  const broken = query.flat().find((text) => !text.isWellFormed());
  if (broken !== undefined) throw unaddressable(broken);
  const written = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]));
  return `${path}?${written.toString()}` as RequestPath;
}

/**
 * An id as one segment of a path (RFC 3986): all but unreserved characters is percent-encoded.
 * @throws HttpError `rejected` for ids that no segment can stand for: the empty one, `.` and `..`, which URL parsers
 * resolve even where they are encoded, so the request would go to another address; and half of a surrogate pair, which
 * UTF-8 has no form for.
 */
export function encodeSegment(id: string): string {
  if (!isAddressable(id)) throw unaddressable(id);
  return encodeURIComponent(id).replaceAll(/[!'()*]/g, percentEncoded);
}

/** True where `encodeSegment` takes the id. */
export function isAddressable(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && id.isWellFormed();
}

/** RFC 3986 reserves these too; `encodeURIComponent` is older and leaves them. */
function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function unaddressable(id: string): HttpError {
  return new HttpError(
    'rejected',
    l10n.t('The ID "{0}" cannot be part of a web address, so no request was sent.', publicText(id, [], 100)),
    { advice: l10n.t('Use the website of the service instead.') },
  );
}
