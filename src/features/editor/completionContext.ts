import type { Identified } from '../../core/store/idIndex';
import { beginsId, searchIds, type Match, type SearchMode } from './searchIds';
import { type TextLines, MAX_ID_CHARS, type Word } from './words';
import { valueAt } from './valueAt';
import { getAccountId, parsePath } from '../../core/services/contract/path';
import { getKey, stringAt } from './stringAt';

/**
 * Why ids are looked for: VS Code asks with each letter; the writer has paused; the list was asked for, by a key or a
 * command.
 */
export type CompletionReason = 'typing' | 'pause' | 'request';

/** Where something is being written. */
export interface CompletionPlace {
  readonly text: TextLines;
  readonly line: number;
  readonly column: number;
  readonly reason: CompletionReason;
}

/** What is being written at a place, and the resources that it may become. */
export interface CompletionContext {
  /** From its beginning to the column. */
  readonly word: Word;
  /** Where the rest of the word behind the column ends. */
  readonly end: number;
  readonly matches: readonly Match[];
}

/**
 * What is being written and may become an id. The beginning of a generated id counts anywhere, as the last word. A name
 * counts as the whole value so far, for names have blanks, and only after a pause, so that no list is open under the hands
 * of somebody who writes on. Who asked for the list gets what contains the value, or the last word.
 * Yields now and then, see `inSlices`.
 * @param limit the greatest number of matches.
 */
export function* completionContext(
  known: () => Iterable<Identified>,
  { text, line, column, reason }: CompletionPlace,
  limit: number,
): Generator<void, CompletionContext | undefined> {
  const current = text.lineAt(line);
  const word = lastWord(current, column);
  const search = function* (written: Word, mode: SearchMode): Generator<void, CompletionContext | undefined> {
    const matches = yield* searchIds(known, written.text, mode, limit);
    return matches.length > 0 ? { word: written, end: endOfWord(current, column), matches } : undefined;
  };
  const asId = word && beginsId(word.text) ? yield* search(word, 'id') : undefined;
  if (asId || reason === 'typing') return asId;
  const mode = reason === 'request' ? 'any' : 'name';
  const value = valueAt(text, line, column);
  const asValue = value && (yield* search(value, mode));
  if (asValue || reason !== 'request' || !word || word.start === value?.start) return asValue;
  return yield* search(word, mode);
}

function lastWord(line: string, column: number): Word | undefined {
  const text = /[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.exec(
    line.slice(Math.max(0, column - MAX_ID_CHARS), column),
  )?.[0];
  return text === undefined ? undefined : { text, start: column - text.length, end: column };
}

function endOfWord(line: string, column: number): number {
  return column + (/^[\p{L}\p{N}_-]*/u.exec(line.slice(column, column + MAX_ID_CHARS))?.[0].length ?? 0);
}

/** Members whose values are ids of resources, in the documents of actions. */
const ID_MEMBERS: ReadonlySet<string> = new Set(['parentDataGroupId', 'dataSetId', 'linkedConnections']);

/** True where a document of an action wants the id of a resource: elsewhere a name is a name. */
export function wantsId(line: string, column: number): boolean {
  const string = stringAt(line, column);
  return string !== undefined && ID_MEMBERS.has(getKey(line, string));
}

/**
 * The resources of the account that a document of an action belongs to.
 * @param query of its address: the path of the resource, and the action behind a `#`.
 */
export function* ofSameAccount(known: Iterable<Identified>, query: string): Iterable<Identified> {
  const [path = ''] = query.split('#');
  const resource = parsePath(path);
  const account = resource && getAccountId(resource);
  for (const entry of known)
    if (account === undefined || getAccountId(entry.resource.path) === account) yield entry;
}

/** The scopes in which `editor.quickSuggestions` can be set, as `WorkspaceConfiguration.inspect` gives them. */
export interface SettingScopes {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
  readonly globalLanguageValue?: unknown;
  readonly workspaceLanguageValue?: unknown;
  readonly workspaceFolderLanguageValue?: unknown;
}

/** The kinds of text that the setting tells apart. */
export type TokenKind = 'other' | 'strings';

/** Those of a language before those for all, the narrower before the wider, as VS Code has it. */
const SCOPES: readonly (keyof SettingScopes)[] = [
  'workspaceFolderLanguageValue',
  'workspaceLanguageValue',
  'globalLanguageValue',
  'workspaceFolderValue',
  'workspaceValue',
  'globalValue',
];

/**
 * True unless the user has turned quick suggestions off for this kind of text. The defaults do not count: VS Code's own is
 * off in strings of most languages, for there it has nothing to suggest.
 */
export function mayOpenList(scopes: SettingScopes, kind: TokenKind): boolean {
  for (const scope of SCOPES) {
    const chosen = chosenFor(scopes[scope], kind);
    if (chosen !== undefined) return chosen;
  }
  return true;
}

/** Whether a value wants the list; undefined if it says nothing of that kind. `inline` wants ghost text instead. */
function chosenFor(value: unknown, kind: TokenKind): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== 'off' && value !== 'inline';
  if (typeof value !== 'object' || value === null) return undefined;
  return chosenFor(new Map<string, unknown>(Object.entries(value)).get(kind), kind);
}
