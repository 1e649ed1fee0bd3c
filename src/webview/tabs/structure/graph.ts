import * as l10n from '@vscode/l10n';
import type { StructureModel } from '../../../shared/models';
import { element, reconcileChildren } from '../../components/elements';
import { dragging } from '../../components/controls';
import type { TabActions } from '../../components/tabs';
import { edgeLabels, edgeLines } from './edges';
import { grouped } from './groups';
import { layout, type Layout, walk } from './layout';
import { NodeView, wantedWidths } from './nodeView';

const MIN_ZOOM = 0.02;

/** The smallest readable zoom: a large graph starts with a part of it. */
const READABLE_ZOOM = 0.8;
const MAX_ZOOM = 3;

/**
 * The structure as a graph: focusable buttons above lines. Panning is native scrolling, which also brings the focused
 * node into view.
 */
export class Graph {
  readonly element: HTMLElement;
  readonly #actions: Pick<TabActions, 'open' | 'load'>;
  readonly #scene = element('div', { className: 'scene' });
  readonly #sheet = element('div', { className: 'sheet' }, this.#scene);
  #views = new Map<string, NodeView>();
  #layout: Layout = { width: 0, height: 0, nodes: [], edges: [] };
  #shape = '';
  #current = '';
  #zoom = 0;
  #model: Pick<StructureModel, 'nodes' | 'edges'> = { nodes: [], edges: [] };
  #groups: ReadonlySet<string> = new Set();
  readonly #opened = new Set<string>();

  constructor(actions: Pick<TabActions, 'open' | 'load'>) {
    const unless = (act: (path: string) => void) => (path: string) => {
      if (this.#groups.has(path)) this.#toggle(path);
      else act(path);
    };
    this.#actions = { open: unless(actions.open), load: unless(actions.load) };
    const label = l10n.t('Structure. Use the arrow keys to move between nodes, plus and minus to zoom.');
    this.element = element(
      'div',
      { className: 'graph', role: 'group', ariaLabel: label, tabIndex: 0 },
      this.#sheet,
    );
    dragging(this.element);
    this.#listen();
  }

  update(model: Pick<StructureModel, 'nodes' | 'edges'>): void {
    this.#model = model;
    const { nodes, edges, groups } = grouped(model, this.#opened);
    this.#groups = groups;
    const shape = JSON.stringify([nodes.map(({ id }) => id), edges]);
    if (shape === this.#shape) {
      for (const node of nodes) this.#views.get(node.id)?.update(node);
      return;
    }
    this.#shape = shape;
    const before = this.#placeOf(this.#current);
    this.#layout = layout(nodes, edges, wantedWidths());
    this.#draw();
    const after = this.#placeOf(this.#current);
    if (before && after) {
      this.element.scrollLeft += (after.x - before.x) * this.#zoom;
      this.element.scrollTop += (after.y - before.y) * this.#zoom;
    }
  }

  /** Zooms out to show the whole graph. */
  fit(): void {
    this.#zoomTo(this.#fitting());
  }

  /** Zooms around the center, or around a point in pixels from the corner. */
  zoomBy(factor: number, x = this.element.clientWidth / 2, y = this.element.clientHeight / 2): void {
    const before = this.#zoom;
    const { scrollLeft, scrollTop } = this.element;
    this.#zoomTo(before * factor);
    const grown = this.#zoom / before;
    this.element.scrollLeft = (scrollLeft + x) * grown - x;
    this.element.scrollTop = (scrollTop + y) * grown - y;
  }

  /** The zoom that fits all; 0 if nothing is visible yet. */
  #fitting(): number {
    const { clientWidth, clientHeight } = this.element;
    const { width, height } = this.#layout;
    return width === 0 ? 0 : Math.min(1, clientWidth / width, clientHeight / height);
  }

  /** Shows all of it, or a readable part around the current resource. */
  #begin(): void {
    const fitting = this.#fitting();
    if (fitting === 0) return;
    this.#zoomTo(Math.max(READABLE_ZOOM, fitting));
    const place = this.#placeOf(this.#current);
    this.element.scrollLeft = (place?.x ?? 0) * this.#zoom - this.element.clientWidth / 2;
    this.element.scrollTop = (place?.y ?? 0) * this.#zoom - this.element.clientHeight / 2;
  }

  #zoomTo(zoom: number): void {
    this.#zoom = Math.max(MIN_ZOOM, Math.min(zoom, MAX_ZOOM));
    this.#scene.style.transform = `scale(${this.#zoom})`;
    this.#sheet.style.width = `${this.#layout.width * this.#zoom}px`;
    this.#sheet.style.height = `${this.#layout.height * this.#zoom}px`;
  }

  #draw(): void {
    const before = this.#views;
    this.#views = new Map();
    for (const { node, ...place } of this.#layout.nodes) {
      const view = before.get(node.id) ?? new NodeView(node, this.#actions);
      view.update(node);
      view.place(place);
      this.#views.set(node.id, view);
    }
    if (!this.#views.has(this.#current))
      this.#current = walk(this.#layout, this.#first(), 'Home') ?? this.#first();
    this.#reach(this.#current);
    const nodes = [...this.#views.values()].map((view) => view.element);
    reconcileChildren(this.#scene, [edgeLines(this.#layout), ...nodes, ...edgeLabels(this.#layout.edges)]);
    if (this.#zoom > 0) this.#zoomTo(this.#zoom);
    else this.#begin();
  }

  /** Expands or collapses a group. */
  #toggle(group: string): void {
    if (!this.#opened.delete(group)) this.#opened.add(group);
    this.update(this.#model);
  }

  #first(): string {
    return this.#layout.nodes[0]?.node.id ?? '';
  }

  #placeOf(id: string): { readonly x: number; readonly y: number } | undefined {
    return this.#layout.nodes.find(({ node }) => node.id === id);
  }

  #reach(id: string): void {
    this.#current = id;
    for (const [each, view] of this.#views) view.button.tabIndex = each === id ? 0 : -1;
  }

  #listen(): void {
    this.element.addEventListener('focusin', ({ target }) => {
      const found = [...this.#views].find(([, { button }]) => button === target);
      if (found) this.#reach(found[0]);
    });
    this.element.addEventListener('keydown', (event) => {
      this.#press(event);
    });
    this.element.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const { left, top } = this.element.getBoundingClientRect();
        this.zoomBy(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
      },
      { passive: false },
    );
    // The size is known when the tab is shown.
    new ResizeObserver(() => {
      if (this.#zoom === 0) this.#begin();
    }).observe(this.element);
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') this.zoomBy(1.25);
    else if (event.key === '-') this.zoomBy(1 / 1.25);
    else if (event.key === '0') this.fit();
    const onNode = this.#views.get(this.#current)?.button === document.activeElement;
    const next = onNode ? walk(this.#layout, this.#current, event.key) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.#views.get(next)?.button.focus();
  }
}
