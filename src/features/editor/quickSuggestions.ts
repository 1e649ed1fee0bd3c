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
