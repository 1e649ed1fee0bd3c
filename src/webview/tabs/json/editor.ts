import { defaultKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  foldEffect,
  foldable,
  forceParsing,
  unfoldEffect,
} from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, type StateEffect } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { HIDDEN_CHARACTER } from '../../../shared/plainText';
import { idLinks, type IdActions } from './idLinks';
import { editorTheme } from './theme';
import * as l10n from '@vscode/l10n';

export interface EditorListener extends IdActions {
  /** The cursor moved, or the text changed. */
  moved(view: EditorView): void;
}

/** A read-only editor of JSON. */
export interface JsonEditor {
  readonly view: EditorView;
  /** Shows the first text. As a change of an empty document all of it would be rendered, because the viewport is not known yet. */
  begin(text: string): void;
  wrap(on: boolean): void;
}

/**
 * @param label accessible name of the text.
 * @param nonce CSP nonce for styles.
 */
export function jsonEditor(label: string, nonce: string, listener: EditorListener): JsonEditor {
  const wrapping = new Compartment();
  const extensions: Extension = [
    EditorView.cspNonce.of(nonce),
    EditorState.readOnly.of(true),
    EditorState.phrases.of(phrases()),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
    idLinks(listener),
    keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
    [lineNumbers(), foldGutter(), codeFolding(), highlightActiveLine(), highlightActiveLineGutter()],
    [
      highlightSpecialChars({ addSpecialChars: HIDDEN_CHARACTER }),
      drawSelection(),
      bracketMatching(),
      highlightSelectionMatches(),
    ],
    [search({ top: true }), json(), editorTheme, wrapping.of([])],
    EditorView.updateListener.of(({ view, docChanged, selectionSet }) => {
      if (docChanged || selectionSet) listener.moved(view);
    }),
  ];
  const view = new EditorView({ state: EditorState.create({ extensions }) });
  return {
    view,
    begin: (text) => {
      view.setState(EditorState.create({ doc: text, extensions }));
    },
    wrap: (on) => {
      view.dispatch({ effects: wrapping.reconfigure(on ? EditorView.lineWrapping : []) });
    },
  };
}

/** Translations of CodeMirror's texts, by the English ones. */
function phrases(): Readonly<Record<string, string>> {
  return {
    Find: l10n.t('Find'),
    next: l10n.t('Next'),
    previous: l10n.t('Previous'),
    all: l10n.t('Select all'),
    'match case': l10n.t('Match case'),
    regexp: l10n.t('Regular expression'),
    'by word': l10n.t('Whole word'),
    close: l10n.t('Close'),
    'current match': l10n.t('Current match'),
    'on line': l10n.t('on line'),
    'Fold line': l10n.t('Fold'),
    'Unfold line': l10n.t('Unfold'),
    'folded code': l10n.t('Folded'),
    unfold: l10n.t('Unfold'),
    'Folded lines': l10n.t('Folded lines'),
    'Unfolded lines': l10n.t('Unfolded lines'),
    to: l10n.t('to'),
    'Control character': l10n.t('Control character'),
    'Go to line': l10n.t('Go to line'),
    go: l10n.t('Go'),
  };
}

/** Time limit for parsing a large text. */
const PARSE_TIMEOUT_MS = 2_000;

/** Folds all objects and arrays directly in the outermost one, which stays open. */
export function foldInner(view: EditorView): void {
  forceParsing(view, view.state.doc.length, PARSE_TIMEOUT_MS);
  view.dispatch({ effects: toFolds(view.state) });
}

function toFolds(state: EditorState): readonly StateEffect<{ from: number; to: number }>[] {
  const effects = [];
  for (let at = 2; at <= state.doc.lines; at++) {
    const { from, to } = state.doc.line(at);
    const range = foldable(state, from, to);
    if (!range) continue;
    // Folding a folded range again would fold it twice.
    effects.push(unfoldEffect.of(range), foldEffect.of(range));
    at = state.doc.lineAt(range.to).number;
  }
  return effects;
}
