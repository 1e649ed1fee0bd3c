import type { Identified } from '../../core/store/idIndex';
import { beginsId, searchIds, type Match, type SearchedIds, type SearchMode } from './searchIds';
import { type TextLines, MAX_ID_CHARS, type Word } from './words';
import { valueAt } from './valueAt';
import { getAccountId, parsePath } from '../../core/services/contract/path';
import { isQualified } from './idTokens';
import { getKey, stringAt } from './stringAt';

/**
 * Why completions are requested: VS Code asks with each letter; the user paused; the user asked for the list, by a key
 * or a command.
 */
export type CompletionReason = 'typing' | 'pause' | 'request';

/** Where the user is typing. */
export interface CompletionPlace {
  readonly text: TextLines;
  readonly line: number;
  readonly column: number;
  readonly reason: CompletionReason;
}

/** What is being typed at a place, and the resources that match it. */
export interface CompletionContext {
  /** From its first character to the column. */
  readonly word: Word;
  /** End of the word that continues after the column. */
  readonly end: number;
  readonly matches: readonly Match[];
}

/**
 * Finds the resources that match what is being typed. The prefix of a generated ID matches anywhere, as the last word;
 * one that says what it is of, such as `variables/page`, as the whole value.
 * A name is compared with the whole value so far, because names contain blanks, and only after a pause, so that no list
 * opens while the user is still typing. If the user asked for the list, any part of a name matches the value or the
 * last word. Yields now and then, see `inSlices`.
 * @param limit maximum number of matches.
 */
export function* completionContext(
  known: SearchedIds,
  { text, line, column, reason }: CompletionPlace,
  limit: number,
): Generator<void, CompletionContext | undefined> {
  const current = text.lineAt(line);
  const word = lastWord(current, column);
  const search = function* (written: Word, mode: SearchMode): Generator<void, CompletionContext | undefined> {
    const matches = yield* searchIds(known, written.text, mode, limit);
    const rest = isQualified(written.text) ? REST_OF_QUALIFIED : REST_OF_WORD;
    return matches.length > 0 ? { word: written, end: endOfWord(current, column, rest), matches } : undefined;
  };
  const asId = word && beginsId(word.text) ? yield* search(word, 'id') : undefined;
  if (asId) return asId;
  // Most texts that are typed are neither, and need not be looked at further.
  if (reason === 'typing' && !ENDS_QUALIFIED.test(nearby(current, column))) return undefined;
  const value = valueAt(text, line, column);
  const asQualified = value && isQualified(value.text) ? yield* search(value, 'id') : undefined;
  if (asQualified || reason === 'typing') return asQualified;
  const mode = reason === 'request' ? 'any' : 'name';
  const asValue = value && (yield* search(value, mode));
  if (asValue || reason !== 'request' || !word || word.start === value?.start) return asValue;
  return yield* search(word, mode);
}

/** What may end an ID that says what it is of: `variables/pa`. */
const ENDS_QUALIFIED = /\w\/[^\s/][^\s]*$/;

/** The text before a column, within reach. */
function nearby(line: string, column: number): string {
  return line.slice(Math.max(0, column - MAX_ID_CHARS), column);
}

function lastWord(line: string, column: number): Word | undefined {
  const text = /[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.exec(nearby(line, column))?.[0];
  return text === undefined ? undefined : { text, start: column - text.length, end: column };
}

const REST_OF_WORD = /^[\p{L}\p{N}_-]*/u;
const REST_OF_QUALIFIED = /^[\p{L}\p{N}_./-]*/u;

function endOfWord(line: string, column: number, rest: RegExp): number {
  return column + (rest.exec(line.slice(column, column + MAX_ID_CHARS))?.[0].length ?? 0);
}

/** Members of action documents whose values are resource IDs. */
const ID_MEMBERS: ReadonlySet<string> = new Set(['parentDataGroupId', 'dataSetId', 'linkedConnections']);

/** True if an action document expects a resource ID here. Elsewhere in it a name is just a name. */
export function wantsId(line: string, column: number): boolean {
  const string = stringAt(line, column);
  return string !== undefined && ID_MEMBERS.has(getKey(line, string));
}

/**
 * Filters the resources of the account that an action document belongs to.
 * @param query of its URI: the path of the resource, then `#` and the action.
 */
export function inSameAccount(known: readonly Identified[], query: string): readonly Identified[] {
  const [path = ''] = query.split('#');
  const resource = parsePath(path);
  const account = resource && getAccountId(resource);
  if (account === undefined) return known;
  return known.filter((entry) => getAccountId(entry.resource.path) === account);
}

/** The scopes of `editor.quickSuggestions`, as returned by `WorkspaceConfiguration.inspect`. */
export interface SettingScopes {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
  readonly globalLanguageValue?: unknown;
  readonly workspaceLanguageValue?: unknown;
  readonly workspaceFolderLanguageValue?: unknown;
}

/** The kinds of text that the setting distinguishes. */
export type TokenKind = 'other' | 'strings';

/** In VS Code's order of precedence: language-specific scopes first, narrower before wider. */
const SCOPES: readonly (keyof SettingScopes)[] = [
  'workspaceFolderLanguageValue',
  'workspaceLanguageValue',
  'globalLanguageValue',
  'workspaceFolderValue',
  'workspaceValue',
  'globalValue',
];

/**
 * True unless the user has turned off quick suggestions for this kind of text. Defaults are ignored: VS Code's own
 * turns them off in strings of most languages, because it has nothing to suggest there.
 */
export function mayOpenList(scopes: SettingScopes, kind: TokenKind): boolean {
  for (const scope of SCOPES) {
    const chosen = chosenFor(scopes[scope], kind);
    if (chosen !== undefined) return chosen;
  }
  return true;
}

/** Whether a value allows the list; undefined if it does not mention the kind. `inline` means ghost text instead. */
function chosenFor(value: unknown, kind: TokenKind): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== 'off' && value !== 'inline';
  if (typeof value !== 'object' || value === null) return undefined;
  return chosenFor(new Map<string, unknown>(Object.entries(value)).get(kind), kind);
}
