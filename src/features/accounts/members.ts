/**
 * Parts for decoding what this extension has stored. Accounts are read before the first row is drawn: without Valibot,
 * which is a tenth of all that activation would load.
 */

/** Members of an object, by name. */
export type Members = Readonly<Record<string, unknown>>;

/** @returns undefined for what is no object. */
export function toMembers(value: unknown): Members | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : undefined;
}

/** @returns undefined for what is no JSON text of an object. */
export function parseMembers(text: unknown): Members | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return toMembers(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A copy of an object whose members are all texts; undefined for anything else. */
export function toTexts(value: unknown): Readonly<Record<string, string>> | undefined {
  const members = toMembers(value);
  return members && isTextMap(members) ? members : undefined;
}

/** True for a list whose items are all texts. */
export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTextMap(members: Members): members is Readonly<Record<string, string>> {
  return Object.values(members).every((member) => typeof member === 'string');
}
