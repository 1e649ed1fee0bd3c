import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from './decode';
import type { JsonObject, JsonValue } from './service';

/**
 * What has to be merged into `before` for it to become `after`: of an object the members that differ, at every level;
 * anything else, lists too, as a whole. A member that only `before` has differs in nothing: merging removes none.
 * @returns undefined where nothing differs.
 */
export function differenceOf(before: JsonValue | undefined, after: JsonValue): JsonValue | undefined {
  if (isDeepStrictEqual(before, after)) return undefined;
  if (!isJsonObject(before) || !isJsonObject(after)) return after;
  const members = Object.entries(after).flatMap(([name, value]): [string, JsonValue][] => {
    const difference = differenceOf(memberOf(before, name), value);
    return difference === undefined ? [] : [[name, difference]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** `base` with the members of `patch`, at every level. What is no object, lists too, is replaced. */
export function merge(base: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(base) || !isJsonObject(patch)) return patch;
  const members = Object.entries(patch).map(([name, value]): [string, JsonValue] => [
    name,
    merge(memberOf(base, name), value),
  ]);
  return Object.fromEntries([...Object.entries(base), ...members]);
}

/** A member of an object; what every object inherits is none. */
export function memberOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
