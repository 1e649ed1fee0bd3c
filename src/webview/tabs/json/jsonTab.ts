import { ensureSyntaxTree, syntaxTree, unfoldAll } from '@codemirror/language';
import { openSearchPanel } from '@codemirror/search';
import type { EditorView } from '@codemirror/view';
import * as l10n from '@vscode/l10n';
import { element } from '../../components/elements';
import { icon } from '../../components/controls';
import { problemBox, type RemedyActions } from '../../components/notices';
import { type ReceivedJson, changeBetween } from './receivedJson';
import type { Tab } from '../../components/tabs';
import { jsonEditor, type JsonEditor, foldInner } from './editor';
import { knownIds, type IdActions } from './idLinks';
import { jsonPath, jsAccessor, placeAt, toJavaScriptString, type Place } from './keyPath';

export interface JsonTabActions extends IdActions, RemedyActions {
  /** @param what describes what was copied. */
  copy(text: string, what: string): void;
}

export interface JsonTab extends Tab<ReceivedJson> {
  identified(ids: readonly string[]): void;
  /** Opens the search of the text: VS Code's own would find only the lines on screen. */
  find(): void;
}

/** Time limit for parsing a large text up to the cursor before copying. */
const PARSE_TIMEOUT_MS = 5_000;

/** @param nonce CSP nonce for styles. */
export function jsonTab(nonce: string, actions: JsonTabActions): JsonTab {
  let shown: readonly string[] | undefined;
  let count = 0;
  const path = element('code', { className: 'path' }, '$');
  const problem = element('div', { hidden: true });
  const loading = element('p', { className: 'notice loading' }, icon('loading'), l10n.t('Loading…'));
  const editor = jsonEditor(l10n.t('JSON. Press Enter on a resource ID to reveal it in the tree.'), nonce, {
    ...actions,
    moved: (view) => {
      path.textContent = pathText(view);
    },
  });
  const { view } = editor;
  const body = element('div', { className: 'json-body', hidden: true }, view.dom);
  const tools = element('div', { className: 'json-tools', role: 'toolbar', ariaLabel: l10n.t('JSON') });
  tools.append(...viewTools(editor), path, ...copyTools(view, actions));
  return {
    element: element('div', { className: 'json' }, tools, problem, loading, body),
    scroller: view.scrollDOM,
    update: ({ model, parts, whole }) => {
      const failure = model.kind === 'loading' ? undefined : model.problem;
      problem.hidden = !failure;
      problem.replaceChildren(...(failure ? [problemBox(failure, actions)] : []));
      body.hidden = parts === undefined;
      body.ariaBusy = String(!whole);
      tools.hidden = body.hidden;
      loading.hidden = parts !== undefined || model.kind === 'failed';
      if (parts === undefined) return;
      const { length } = view.state.doc;
      if (shown === undefined) editor.begin(parts.join(''));
      else if (shown !== parts)
        view.dispatch({ changes: changeBetween(joined(shown, count), parts.join('')) ?? [] });
      else if (count < parts.length)
        view.dispatch({ changes: { from: length, insert: parts.slice(count).join('') } });
      shown = parts;
      count = parts.length;
    },
    find: () => {
      if (shown === undefined) return;
      view.focus();
      openSearchPanel(view);
    },
    identified: (ids) => {
      view.dispatch({ effects: knownIds.of(new Set(ids)) });
    },
  };
}

/** The text of the first parts. */
function joined(parts: readonly string[], count: number): string {
  return parts.slice(0, count).join('');
}

function viewTools(editor: JsonEditor): readonly HTMLElement[] {
  const { view } = editor;
  const wrapping = tool('word-wrap', l10n.t('Wrap Lines'), () => {
    editor.wrap(wrapping.checked);
  });
  wrapping.toggleable = true;
  return [
    tool('search', l10n.t('Find'), () => {
      openSearchPanel(view);
    }),
    tool('collapse-all', l10n.t('Fold All'), () => {
      foldInner(view);
    }),
    tool('expand-all', l10n.t('Unfold All'), () => {
      unfoldAll(view);
    }),
    wrapping,
  ];
}

function copyTools(view: EditorView, actions: JsonTabActions): readonly HTMLElement[] {
  const copied = (what: string, getText: (place: Place) => string): (() => void) => {
    return () => {
      const place = toPlace(view, PARSE_TIMEOUT_MS);
      if (place) actions.copy(getText(place), what);
    };
  };
  const read = ({ from, to }: Place['value']): string => view.state.sliceDoc(from, to);
  const value = l10n.t('Copy Value');
  const subtree = l10n.t('Copy Object or Array');
  const path = l10n.t('Copy JSONPath');
  const accessor = l10n.t('Copy JavaScript Accessor');
  return [
    tool(
      'copy',
      value,
      copied(value, (place) => toJavaScriptString(read(place.value))),
    ),
    tool(
      'json',
      subtree,
      copied(subtree, (place) => read(place.subtree)),
    ),
    tool(
      'symbol-key',
      path,
      copied(path, (place) => jsonPath(place.steps)),
    ),
    tool(
      'code',
      accessor,
      copied(accessor, (place) => jsAccessor(place.steps)),
    ),
  ];
}

function tool(icon: string, label: string, run: () => void): HTMLElementTagNameMap['vscode-toolbar-button'] {
  const button = element('vscode-toolbar-button', { icon, label, title: label });
  button.addEventListener('click', run);
  return button;
}

function pathText(view: EditorView): string {
  const place = toPlace(view, 0);
  return place ? jsonPath(place.steps) : '$';
}

/**
 * The value at the cursor; in the indentation of a line, the first one of the line.
 * @param timeout milliseconds for parsing a large text that far.
 */
function toPlace({ state }: EditorView, timeout: number): Place | undefined {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const indentation = /^\s*/.exec(line.text)?.[0].length ?? 0;
  const position = Math.max(head, line.from + indentation);
  const tree = ensureSyntaxTree(state, position, timeout) ?? syntaxTree(state);
  return placeAt(tree, (from, to) => state.sliceDoc(from, to), position);
}
