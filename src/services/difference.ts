import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from './decode';
import type { JsonObject, JsonValue } from './service';

/**
 * What has to be merged into `before` for it to become `after`: of an object the members that differ, at every level;
 * anything else, lists too, as a whole. A member that only `before` has differs in nothing: merging removes none.
 * @param levels how many levels of objects the receiver merges. What differs below them is there as a whole.
 * @returns undefined where nothing differs.
 */
export function differenceOf(
  before: JsonValue | undefined,
  after: JsonValue,
  levels = Infinity,
): JsonValue | undefined {
  if (isDeepStrictEqual(before, after)) return undefined;
  if (levels <= 0 || !isJsonObject(before) || !isJsonObject(after)) return after;
  const members = Object.entries(after).flatMap(([name, value]): [string, JsonValue][] => {
    const difference = differenceOf(memberOf(before, name), value, levels - 1);
    return difference === undefined ? [] : [[name, difference]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** A member of an object; what every object inherits is none. */
export function memberOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
