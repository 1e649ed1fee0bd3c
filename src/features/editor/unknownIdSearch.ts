import { accountPath } from '../../core/services/contract/path';
import type { Account } from '../../core/services/contract/signIn';
import type { Resource } from '../../core/services/contract/resource';
import { findService } from '../../core/services/registry';
import type { Store } from '../../core/store/store';
import { findLoaded } from './knownIds';
import { inLowerCase } from './idTokens';
import { WORD_PATTERN, isOfIdLength, type TextLines } from './words';

type SearchedStore = Pick<Store, 'find' | 'rows' | 'state'>;

/** Longer documents are not searched. */
export const MAX_DOCUMENT_CHARS = 200_000;

/** Longer lines, of minified files, are searched to this column. */
const MAX_LINE_CHARS = 10_000;

/** The maximum number of marks in a document. */
const MAX_MARKS = 100;

/** An ID that no account has, with its place. */
interface UnknownId {
  readonly id: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** What is known of an ID: some account has it, none has it, or lists are missing that could have it. */
export type IdKnowledge = 'known' | 'unknown' | 'undecided';

/**
 * Whether an ID stands for something. An ID is unknown only if its form is that of a kind of resource of which the
 * lists of all accounts that could have it are loaded and complete.
 * @returns undefined for an ID of any other form.
 */
export function getKnowledge(
  store: SearchedStore,
  accounts: readonly Account[],
  id: string,
): IdKnowledge | undefined {
  const exact = inLowerCase(id);
  const owners = accounts.filter(({ service }) => findService(service)?.idPattern?.test(exact));
  const listed = owners.map(({ service, settings }) => findService(service)?.isListed?.(exact, settings));
  if (listed.length === 0 || listed.every((each) => each === undefined)) return undefined;
  if (findLoaded(store, id).length > 0) return 'known';
  const isDecided =
    listed.every((each) => each === true) && owners.every((account) => isComplete(store, account));
  return isDecided ? 'unknown' : 'undecided';
}

/** True if the connections of an account are loaded, all of them, and as current as the service said. */
function isComplete(store: SearchedStore, { id }: Account): boolean {
  const path = accountPath(id);
  const { loaded, total, reading, stale, dirty, readAt, failedAt } = store.state(path);
  if (readAt === undefined || failedAt !== undefined || reading || stale || dirty) return false;
  if (total !== undefined && total > loaded) return false;
  return (store.rows(path) ?? []).every(({ kind }) => kind !== 'more' && kind !== 'problem');
}

/** What a document has of IDs. */
export interface FoundIds {
  readonly unknown: readonly UnknownId[];
  /** True if lists are missing that could have some of the IDs. */
  readonly isUndecided: boolean;
}

/** Finds the IDs in a document that no account has. @param knows as `knowledgeOf`; called once for each ID. */
export function findUnknownIds(
  { lineAt }: Pick<TextLines, 'lineAt'>,
  lineCount: number,
  knows: (id: string) => IdKnowledge | undefined,
): FoundIds {
  const memory = new Map<string, IdKnowledge | undefined>();
  const unknown: UnknownId[] = [];
  let isUndecided = false;
  for (let line = 0; line < lineCount; line += 1) {
    for (const { 0: id, index } of lineAt(line).slice(0, MAX_LINE_CHARS).matchAll(WORD_PATTERN)) {
      if (!isOfIdLength(id)) continue;
      if (!memory.has(id)) memory.set(id, knows(id));
      const knowledge = memory.get(id);
      isUndecided ||= knowledge === 'undecided';
      if (knowledge === 'unknown' && unknown.length < MAX_MARKS)
        unknown.push({ id, line, start: index, end: index + id.length });
    }
  }
  return { unknown, isUndecided };
}

/** The maximum number of characters in which a mistyped ID differs from the one that was meant. */
const MAX_DIFFERENCES = 4;

/** The maximum number of suggestions. */
const MAX_SUGGESTIONS = 3;

/** The resources whose IDs differ from a mistyped one in few characters, the nearest first. */
export function nearestIds(id: string, resources: Iterable<Resource>): readonly Resource[] {
  const exact = inLowerCase(id);
  const near: { readonly resource: Resource; readonly differences: number }[] = [];
  for (const resource of resources) {
    const differences = countDifferences(exact, resource.id);
    if (differences <= MAX_DIFFERENCES) near.push({ resource, differences });
  }
  return near
    .toSorted((a, b) => a.differences - b.differences)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ resource }) => resource);
}

/** The number of places where two texts of the same length differ; more than the maximum for others. */
function countDifferences(a: string, b: string): number {
  if (a.length !== b.length) return MAX_DIFFERENCES + 1;
  let differences = 0;
  for (let at = 0; at < a.length && differences <= MAX_DIFFERENCES; at += 1)
    if (a[at] !== b[at]) differences += 1;
  return differences;
}
