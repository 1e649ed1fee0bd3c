import { syntaxTree } from '@codemirror/language';
import {
  RangeSetBuilder,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
} from '@codemirror/state';
import {
  Decoration,
  type EditorView,
  keymap,
  ViewPlugin,
  type DecorationSet,
  type PluginValue,
  type ViewUpdate,
} from '@codemirror/view';
import { toJavaScriptString } from './keyPath';

export interface IdActions {
  /** Asks which of the texts are IDs of loaded resources; the result arrives as `knownIds`. */
  identify(ids: readonly string[]): void;
  revealId(id: string): void;
}

/** Sets which of the candidate texts are IDs; always the full set. */
export const knownIds = StateEffect.define<ReadonlySet<string>>();

const known = StateField.define<ReadonlySet<string>>({
  create: () => new Set(),
  update: (ids, { effects }) =>
    effects.reduce((last, effect) => (effect.is(knownIds) ? effect.value : last), ids),
});

/** Shorter texts are rarely IDs. */
const shortest = { String: 3, Number: 5 } as const;
const MAX_ID_CHARS = 200;

/** The value at a node, if it may be an ID. */
function candidate(state: EditorState, name: string, from: number, to: number): string | undefined {
  if (to - from > MAX_ID_CHARS || (name !== 'String' && name !== 'Number')) return undefined;
  const json = state.sliceDoc(from, to);
  const text = name === 'String' ? toJavaScriptString(json) : json;
  return text.length >= shortest[name] ? text : undefined;
}

/** Links IDs of loaded resources, for mouse and Enter. Asks for visible texts, and once for each. */
export function idLinks(actions: IdActions): Extension {
  const links = ViewPlugin.define((view) => new Links(view, actions), {
    decorations: (plugin) => plugin.decorations,
    eventHandlers: {
      click: (event, view) => {
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
        const onLink = event.target instanceof Element && event.target.closest('.cm-id-link');
        if (position !== null && onLink && view.state.selection.main.empty) follow(view, position, actions);
      },
    },
  });
  const enter = keymap.of([
    { key: 'Enter', run: (view) => follow(view, view.state.selection.main.head, actions) },
  ]);
  return [known, links, enter];
}

function follow({ state }: EditorView, position: number, actions: IdActions): boolean {
  const tree = syntaxTree(state);
  for (const side of [1, -1] as const) {
    const { name, from, to } = tree.resolveInner(position, side);
    const id = candidate(state, name, from, to);
    if (id === undefined || !state.field(known).has(id)) continue;
    actions.revealId(id);
    return true;
  }
  return false;
}

class Links implements PluginValue {
  readonly #requested = new Set<string>();
  decorations: DecorationSet;

  constructor(
    view: EditorView,
    private readonly actions: IdActions,
  ) {
    this.decorations = this.#look(view);
  }

  update({ view, state, startState, docChanged, viewportChanged }: ViewUpdate): void {
    const idsChanged = state.field(known) !== startState.field(known);
    const parsed = syntaxTree(state) !== syntaxTree(startState);
    if (docChanged || viewportChanged || idsChanged || parsed) this.decorations = this.#look(view);
  }

  #look({ state, visibleRanges }: EditorView): DecorationSet {
    const builder = new RangeSetBuilder<Decoration>();
    const ids = state.field(known);
    const news = new Set<string>();
    for (const { from, to } of visibleRanges) {
      syntaxTree(state).iterate({
        from,
        to,
        enter: (node) => {
          const id = candidate(state, node.name, node.from, node.to);
          if (id === undefined) return;
          if (ids.has(id)) builder.add(node.from, node.to, link);
          if (!this.#requested.has(id)) news.add(id);
        },
      });
    }
    if (news.size > 0) {
      for (const id of news) this.#requested.add(id);
      this.actions.identify([...news]);
    }
    return builder.finish();
  }
}

const link = Decoration.mark({ class: 'cm-id-link' });
