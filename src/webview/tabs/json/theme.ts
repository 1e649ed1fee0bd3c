import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** A color of VS Code's theme. */
function themed(name: string, fallback = 'editor-foreground'): string {
  return `var(--vscode-${name}, var(--vscode-${fallback}))`;
}

/**
 * The editor in the colors and the font of VS Code's own. Made once: CodeMirror adds each theme that is made to the style
 * sheet of the page, and has all of it read again.
 */
export const editorTheme: Extension = [
  EditorView.theme({
    '&': {
      height: '100%',
      color: themed('editor-foreground'),
      backgroundColor: themed('editor-background'),
    },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': {
      fontFamily: 'var(--vscode-editor-font-family)',
      fontSize: 'var(--vscode-editor-font-size)',
      lineHeight: '1.5',
    },
    '.cm-gutters': {
      // The theme's own color of line numbers has too little contrast to be read with ease.
      color: themed('descriptionForeground', 'foreground'),
      backgroundColor: themed('editorGutter-background', 'editor-background'),
      border: 'none',
    },
    '.cm-cursor': { borderLeftColor: themed('editorCursor-foreground') },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: themed('editor-selectionBackground'),
    },
    '.cm-activeLine': {
      backgroundColor: themed('editor-lineHighlightBackground', 'editor-background'),
      outline: '1px solid var(--vscode-editor-lineHighlightBorder, transparent)',
      outlineOffset: '-1px',
    },
    '.cm-activeLineGutter': {
      color: themed('editorLineNumber-activeForeground'),
      backgroundColor: 'transparent',
    },
    '.cm-foldPlaceholder': {
      color: themed('editor-foldPlaceholderForeground'),
      backgroundColor: 'transparent',
      border: '1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent))',
      padding: '0 0.5ch',
    },
    '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer' },
    '.cm-searchMatch': {
      backgroundColor: 'var(--vscode-editor-findMatchHighlightBackground)',
      outline: '1px solid var(--vscode-editor-findMatchHighlightBorder, transparent)',
    },
    '.cm-searchMatch-selected': {
      backgroundColor: 'var(--vscode-editor-findMatchBackground)',
      outline: '1px solid var(--vscode-editor-findMatchBorder, transparent)',
    },
    '&.cm-focused .cm-matchingBracket, .cm-matchingBracket': {
      backgroundColor: 'var(--vscode-editorBracketMatch-background)',
      outline: '1px solid var(--vscode-editorBracketMatch-border)',
    },
    '.cm-panels': {
      color: themed('editorWidget-foreground', 'foreground'),
      backgroundColor: themed('editorWidget-background'),
    },
    '.cm-panels.cm-panels-top': {
      borderBottom: '1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent))',
    },
    '.cm-panel.cm-search': {
      display: 'flex',
      flexWrap: 'wrap',
      gap: '4px 8px',
      alignItems: 'center',
      padding: '6px 32px 6px 12px',
      fontSize: 'var(--vscode-font-size)',
    },
    '.cm-panel.cm-search br': { display: 'none' },
    '.cm-panel.cm-search label': { display: 'flex', alignItems: 'center', gap: '4px', fontSize: 'inherit' },
    '.cm-panel.cm-search input, .cm-panel.cm-search button': { margin: '0' },
    '.cm-panel.cm-search [name=close]': {
      top: '6px',
      right: '12px',
      color: 'inherit',
      fontSize: '1.4em',
      cursor: 'pointer',
    },
    '.cm-textfield': {
      padding: '3px 6px',
      color: themed('input-foreground'),
      fontSize: 'inherit',
      backgroundColor: themed('input-background'),
      border: '1px solid var(--vscode-input-border, transparent)',
      borderRadius: '2px',
    },
    '.cm-button': {
      padding: '3px 8px',
      color: themed('button-secondaryForeground', 'foreground'),
      fontSize: 'inherit',
      backgroundColor: themed('button-secondaryBackground', 'editor-background'),
      backgroundImage: 'none',
      border: '1px solid var(--vscode-button-border, transparent)',
      borderRadius: '2px',
      cursor: 'pointer',
    },
    '.cm-id-link': { textDecoration: 'underline', cursor: 'pointer' },
    '.cm-specialChar': { color: themed('errorForeground') },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: themed('debugTokenExpression-name') },
      { tag: tags.string, color: themed('debugTokenExpression-string') },
      { tag: tags.number, color: themed('debugTokenExpression-number') },
      { tag: [tags.bool, tags.null], color: themed('debugTokenExpression-boolean') },
    ]),
  ),
];
