import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../http/json';
import { decodedJson, isSameJson, type Json } from '../../http/jsonPart';

/** The service's data of a resource, decoded; undefined if it has none. Takes time: at most once for each use. */
export function jsonOf({ json }: { readonly json?: Json | undefined }): JsonObject | undefined {
  return decodedJson(json);
}

/** True if nothing of a resource has changed. */
export function isSameResource<R extends { readonly json?: Json }>(one: R, other: R): boolean {
  if (one === other) return true;
  const { json, ...rest } = one;
  const { json: otherJson, ...otherRest } = other;
  return isDeepStrictEqual(rest, otherRest) && isSameJson(json, otherJson);
}
