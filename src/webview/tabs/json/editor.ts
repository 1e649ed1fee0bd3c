import { defaultKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, codeFolding, foldGutter, foldKeymap } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
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
import { phrases } from './phrases';
import { editorTheme } from './theme';

/** What the editor tells, besides its actions about ids. */
export interface EditorListener extends IdActions {
  /** The cursor moved, or the text changed. */
  moved(view: EditorView): void;
}

/** A read-only editor of JSON. */
export interface JsonEditor {
  readonly view: EditorView;
  /** Shows the first text. As a change of no text it would be drawn whole, for nothing tells yet what can be seen. */
  begin(text: string): void;
  wrap(on: boolean): void;
}

/**
 * @param label what screen readers call the text.
 * @param nonce the word that lets styles in.
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
    [search({ top: true }), json(), editorTheme(), wrapping.of([])],
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
