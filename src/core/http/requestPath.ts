import * as l10n from '@vscode/l10n';
import { HttpError } from './errors';
import { publicText } from '../redaction/redact';

/**
 * The path and query of a request, starting with a slash. Only `requestPath` and `withQuery` create one, so every ID in
 * it is encoded: requests do not accept plain strings.
 */
export type RequestPath = string & { readonly __requestPath: 'RequestPath' };

/**
 * Tag of a template literal: the path of a request, in which every value is one segment.
 * @example requestPath`/v1/connections/${id}/identities`
 * @throws HttpError `rejected` as `encodeSegment` does.
 */
export function requestPath(strings: TemplateStringsArray, ...ids: readonly string[]): RequestPath {
  return String.raw({ raw: strings }, ...ids.map(encodeSegment)) as RequestPath;
}

/**
 * Appends a query (`application/x-www-form-urlencoded`), unless it is empty.
 * @throws HttpError `rejected` for an unpaired surrogate.
 */
export function withQuery(path: RequestPath, query: readonly (readonly [string, string])[]): RequestPath {
  if (query.length === 0) return path;
  const broken = query.flat().find((text) => !text.isWellFormed());
  if (broken !== undefined) throw unaddressable(broken);
  const written = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]));
  return `${path}?${written.toString()}` as RequestPath;
}

/**
 * Encodes an ID as one segment of a path (RFC 3986): all but unreserved characters are percent-encoded.
 * @throws HttpError `rejected` for IDs that cannot be a segment: an empty one; `.` and `..`, which URL parsers resolve
 * even if they are encoded, so that the request would go to another address; and unpaired surrogates, which UTF-8
 * cannot encode.
 */
export function encodeSegment(id: string): string {
  if (!isAddressable(id)) throw unaddressable(id);
  return encodeURIComponent(id).replaceAll(/[!'()*]/g, percentEncoded);
}

/** True if `encodeSegment` accepts the ID. */
export function isAddressable(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && id.isWellFormed();
}

/** RFC 3986 reserves these too; `encodeURIComponent` is older and does not encode them. */
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

/** A link, or undefined if an ID in it cannot be part of an address (`encodeSegment`): then the row has no link. */
export function linkOrNone(build: () => string | undefined): string | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
}
