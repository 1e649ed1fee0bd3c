import { foldEffect, foldable, forceParsing, unfoldEffect } from '@codemirror/language';
import type { EditorState, StateEffect } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** Milliseconds to wait for a large text to be understood. */
const PARSE_TIMEOUT_MS = 2_000;

/** Folds every object and list that stands directly in the outermost one, which itself stays open. */
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
    // Folding what is folded already would fold it twice.
    effects.push(unfoldEffect.of(range), foldEffect.of(range));
    at = state.doc.lineAt(range.to).number;
  }
  return effects;
}
