import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../core/services/common/decode';
import { getMember, writeJson } from '../../core/services/common/exactJson';
import type { JsonObject, JsonValue } from '../../core/http/json';
import { documentValue } from './documentText';

/** A step into a JSON value: a member, or the item of a list whose member `key` has the value `id`. */
type Step = string | { readonly key: string; readonly id: string | number };

/** Stands for a value while its text is put in its place. No document holds it. */
const STAND_IN = `stand-in-${randomUUID()}`;

/** One place in which two JSON values differ. */
export interface Change {
  readonly steps: readonly Step[];
  /** `undefined`: it was not there. */
  readonly before: JsonValue | undefined;
  /** `undefined`: it is not there any more. */
  readonly after: JsonValue | undefined;
}

/** A document that somebody edits, with what changed meanwhile at the service. */
export interface Rebased {
  /** The document with the changes that were taken over. Comments stay. */
  readonly text: string;
  readonly taken: readonly Change[];
  /** Places that were edited too, to something else. The document keeps its own there. */
  readonly conflicts: readonly Change[];
}

/**
 * The places in which two JSON values differ: members of objects at every level, and items of lists if one of `ids`
 * names them. Other lists differ as a whole.
 * @param ids members that name the items of lists, the likeliest first.
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
 * Takes what changed at the service into a document that somebody edits, as far as the same was not edited.
 * @param text the document; JSON, with comments.
 * @param base what the document began with.
 * @param theirs what the service holds now.
 * @param ids as of {@link changesBetween}.
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

/** A change as people write it: `fields[plan].type`. */
export function placeText({ steps }: Change): string {
  return steps
    .map((step, at) => (typeof step === 'string' ? (at === 0 ? step : `.${step}`) : `[${step.id}]`))
    .join('');
}

/** Where the steps lead in a value, as a pointer; the part of it that exists where the rest does not. */
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

/** True if the member is in every item, and names each of them alone. */
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

/** The text with a value set, added, or taken away where it is `undefined`. */
async function withValue(
  text: string,
  steps: readonly Step[],
  value: JsonValue | undefined,
): Promise<string> {
  const { applyEdits, modify } = await import('jsonc-parser');
  const root = await documentValue(text);
  const pointer = [...pointerTo(root, steps)];
  // An item that is not there yet comes last.
  const isNew = pointer.length < steps.length;
  if (isNew && value === undefined) return text;
  const around = valueAt(root, steps.slice(0, -1));
  if (isNew && Array.isArray(around)) pointer.push(around.length);
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  const written = value === undefined ? undefined : writeJson(value);
  // The editor of JSON writes values as JavaScript does, which has no number of more than 53 bits.
  const isExact = written === JSON.stringify(value);
  const edits = modify(text, pointer, isExact ? value : STAND_IN, {
    ...{ formattingOptions, isArrayInsertion: isNew && Array.isArray(around) },
  });
  const result = applyEdits(text, edits);
  return isExact ? result : result.replace(JSON.stringify(STAND_IN), () => written ?? '');
}
