/** An id as one step of a URL's path. encodeURIComponent throws on lone surrogates, and a hostile id must not. */
export function encodeId(id: string): string {
  return encodeURIComponent(id.toWellFormed());
}
