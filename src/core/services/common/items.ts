import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse } from '../../http/types';
import { atOnce, inTurns, type Turns } from '../../base/turns';
import { brokenItem } from './problem';
import { isJsonObject, type JsonObject } from '../../http/json';
import type { GlossaryTerm } from '../contract/properties';
import type { Choice } from '../contract/signIn';
import type { PageItem } from '../contract/page';
import type { Resource, Problem } from '../contract/resource';
import { unexpectedAnswer } from './answerErrors';

/**
 * Decodes the items of a list one by one, in order. A broken item becomes a problem row; of several with the same path,
 * the first is kept.
 * @param place position of the list, such as its page number, which identifies broken items.
 * @param build creates the item of a decoded value; undefined leaves it out.
 */
export function decodeItems<S extends v.GenericSchema>(
  values: readonly unknown[],
  parent: Pick<Resource, 'path'>,
  place: number | string,
  schema: S,
  build: (decoded: v.InferOutput<S>, json: JsonObject) => PageItem | undefined,
): readonly PageItem[] {
  return atOnce(itemByItem(values, parent, place, schema, build));
}

/** Like `decodeItems`, in time slices, for lists whose items contain long lists. */
export async function decodeLongItems<S extends v.GenericSchema>(
  turns: Turns | undefined,
  ...list: Parameters<typeof decodeItems<S>>
): Promise<readonly PageItem[]> {
  return turns ? inTurns(itemByItem(...list), turns) : decodeItems(...list);
}

function* itemByItem<S extends v.GenericSchema>(
  values: readonly unknown[],
  parent: Pick<Resource, 'path'>,
  place: number | string,
  schema: S,
  build: (decoded: v.InferOutput<S>, json: JsonObject) => PageItem | undefined,
): Generator<void, readonly PageItem[]> {
  const items = new Map<string, PageItem>();
  for (const [index, value] of values.entries()) {
    const decoded = v.safeParse(schema, value);
    const item =
      decoded.success && isJsonObject(value)
        ? build(decoded.output, value)
        : brokenItem(parent, `${place}.${index}`, toFlaw(decoded.issues?.[0]));
    if (item !== undefined && !items.has(item.resource.path)) items.set(item.resource.path, item);
    yield;
  }
  return [...items.values()];
}

/**
 * Verifies that a list has the expected format, when signing in. Some broken items are accepted, but if none can be
 * decoded, nothing is verified. An empty list is valid.
 * @throws HttpError kind `protocol`
 */
export function checkItems(
  response: HttpResponse,
  values: readonly unknown[],
  schema: v.GenericSchema,
): void {
  const flaws = values.map((value) => v.safeParse(schema, value).issues?.[0]);
  if (values.length === 0 || flaws.includes(undefined)) return;
  const why = l10n.t('No item of the list is in the documented format: {0}.', toFlaw(flaws[0]));
  throw unexpectedAnswer(response, why);
}

/** What is wrong with an item; `expected` and `received` are type names. */
export function toFlaw(issue: v.BaseIssue<unknown> | undefined): string {
  if (issue === undefined) return l10n.t('it is not an object');
  const expected = issue.expected ?? l10n.t('something else');
  const where = v.getDotPath(issue) ?? l10n.t('the item');
  return l10n.t('{0} should be {1} but is {2}', where, expected, issue.received);
}

/** The problem for items without an ID, beside those that can be shown; undefined for 0. */
export function brokenItems(count: number): Problem | undefined {
  if (count === 0) return undefined;
  return {
    title: count === 1 ? l10n.t('An item cannot be shown.') : l10n.t('{0} items cannot be shown.', count),
    detail: l10n.t('An ID is missing or not in the documented format.'),
    advice: l10n.t(
      'The other items of the list are shown. Refresh later to check whether the service has fixed it.',
    ),
    retryable: false,
  };
}

/** The glossary row that reports items that cannot be shown; none for 0. */
export function brokenTerms(count: number): readonly GlossaryTerm[] {
  const problem = brokenItems(count);
  return problem ? [{ id: '', label: problem.title, description: problem.detail, problem }] : [];
}

/** Like `brokenTerms`, for a list of choices. */
export function brokenChoices(count: number): readonly Choice[] {
  const problem = brokenItems(count);
  return problem ? [{ value: '', label: problem.title, description: problem.detail, problem }] : [];
}
