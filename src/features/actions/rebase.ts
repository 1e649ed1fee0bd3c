import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { getMember, writeJson } from '../../core/services/common/exactJson';
import { INDENTATION } from '../../shared/jsonFormatter';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/http/json';
import { documentValue } from './documentText';

/** A step into a JSON value: a member, or the list item whose member `key` has the value `id`. */
type Step = string | { readonly key: string; readonly id: string | number };

/** Placeholder for a value until its text is inserted. No document contains it. */
const STAND_IN = `stand-in-${randomUUID()}`;

/** One difference between two JSON values. */
export interface Change {
  readonly steps: readonly Step[];
  /** `undefined` if it was added. */
  readonly before: JsonValue | undefined;
  /** `undefined` if it was removed. */
  readonly after: JsonValue | undefined;
}

/** An edited document, updated with the service's changes. */
export interface Rebased {
  /** The document with the service's changes applied. Comments are kept. */
  readonly text: string;
  readonly taken: readonly Change[];
  /** Places that the user changed differently. The document keeps the user's value there. */
  readonly conflicts: readonly Change[];
}

/**
 * The differences between two JSON values: members of objects at every level, and items of lists if one of
 * `ids` identifies them. Other lists differ as a whole.
 * @param ids members that identify list items, the most likely first.
 */
export function changesBetween(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  ids: readonly string[],
  steps: readonly Step[] = [],
): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) =>
      changesBetween(getMember(before, name), getMember(after, name), ids, [...steps, name]),
    );
  }
  if (isList(before) && isList(after)) {
    const key = ids.find((name) => isKeyIn(name, before) && isKeyIn(name, after));
    if (key !== undefined) {
      const all = new Set([...before, ...after].map((item) => item[key] as string | number));
      return [...all].flatMap((id) => {
        const step = { key, id };
        return changesBetween(stepInto(before, step), stepInto(after, step), ids, [...steps, step]);
      });
    }
  }
  return [{ steps, before, after }];
}

/**
 * Three-way merge: applies the service's changes to an edited document, except where the user changed the
 * same.
 * @param text the edited document; JSON with comments.
 * @param base the document before the edits.
 * @param theirs the current document of the service.
 * @param ids as in {@link changesBetween}.
 */
export async function rebase(
  text: string,
  base: JsonValue,
  theirs: JsonValue,
  ids: readonly string[],
): Promise<Rebased> {
  const taken: Change[] = [];
  const conflicts: Change[] = [];
  let result = text;
  for (const change of changesBetween(base, theirs, ids)) {
    const mine = valueAt(await documentValue(result), change.steps);
    if (isDeepStrictEqual(mine, change.after)) continue;
    if (isDeepStrictEqual(mine, change.before)) {
      result = await withValue(result, change.steps, change.after);
      taken.push(change);
    } else conflicts.push(change);
  }
  return { text: result, taken, conflicts };
}

/** The place of a change for display: `fields[plan].type`. */
export function placeText({ steps }: Change): string {
  return steps
    .map((step, at) => (typeof step === 'string' ? (at === 0 ? step : `.${step}`) : `[${step.id}]`))
    .join('');
}

/** The JSON pointer of the steps in a value; of its nearest existing parent if the place is missing. */
export function pointerTo(value: JsonValue, steps: readonly Step[]): readonly (string | number)[] {
  const pointer: (string | number)[] = [];
  let at: JsonValue | undefined = value;
  for (const step of steps) {
    const next = typeof step === 'string' ? step : isList(at) ? findIndex(at, step) : -1;
    if (next === -1) return pointer;
    pointer.push(next);
    at = stepInto(at, step);
  }
  return pointer;
}

type ListItem = JsonObject;

function isList(value: JsonValue | undefined): value is readonly ListItem[] {
  return Array.isArray(value) && value.every(isJsonObject);
}

/** True if every item has the member, with a unique value. */
function isKeyIn(name: string, list: readonly ListItem[]): boolean {
  const ids = list.map((item) => getMember(item, name));
  return (
    ids.every((id) => typeof id === 'string' || typeof id === 'number') && new Set(ids).size === ids.length
  );
}

function findIndex(list: readonly ListItem[], { key, id }: Exclude<Step, string>): number {
  return list.findIndex((item) => getMember(item, key) === id);
}

function stepInto(value: JsonValue | undefined, step: Step): JsonValue | undefined {
  if (typeof step === 'string') return isJsonObject(value) ? getMember(value, step) : undefined;
  return isList(value) ? value[findIndex(value, step)] : undefined;
}

function valueAt(value: JsonValue | undefined, steps: readonly Step[]): JsonValue | undefined {
  return steps.reduce<JsonValue | undefined>(stepInto, value);
}

/** The text with a value set or added, or removed if it is `undefined`. */
async function withValue(
  text: string,
  steps: readonly Step[],
  value: JsonValue | undefined,
): Promise<string> {
  const { applyEdits, modify } = await import('jsonc-parser');
  const root = await documentValue(text);
  const pointer = [...pointerTo(root, steps)];
  // A new list item is appended.
  const isNew = pointer.length < steps.length;
  if (isNew && value === undefined) return text;
  const around = valueAt(root, steps.slice(0, -1));
  if (isNew && Array.isArray(around)) pointer.push(around.length);
  const formattingOptions = { ...INDENTATION, eol: '\n' };
  const written = value === undefined ? undefined : writeJson(value);
  // jsonc-parser writes numbers as JavaScript does, which loses digits beyond 53 bits.
  const isExact = written === JSON.stringify(value);
  const edits = modify(text, pointer, isExact ? value : STAND_IN, {
    ...{ formattingOptions, isArrayInsertion: isNew && Array.isArray(around) },
  });
  const result = applyEdits(text, edits);
  return isExact ? result : result.replace(JSON.stringify(STAND_IN), () => written ?? '');
}
