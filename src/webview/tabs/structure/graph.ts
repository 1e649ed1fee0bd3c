import * as l10n from '@vscode/l10n';
import type { StructureModel } from '../../../shared/models';
import { element, reconcileChildren } from '../../components/elements';
import { dragging } from '../../components/controls';
import { HiddenParts } from '../../components/hiddenParts';
import type { TabActions } from '../../components/tabs';
import { edgeLabels, edgeLines } from './edges';
import { grouped } from './groups';
import { initialView } from './initialView';
import { layout, type Layout, walk } from './layout';
import { NodeView, wantedWidths } from './nodeView';

const MIN_ZOOM = 0.02;
const MAX_ZOOM = 3;

/** Both sides together, as in structure.css. */
const BORDERS_PX = 2;

/**
 * The structure as a graph: focusable buttons above lines. Panning is native scrolling, which also brings the focused
 * node into view.
 */
export class Graph {
  readonly element: HTMLElement;
  /** Tells how many nodes are out of sight. */
  readonly hidden: HiddenParts;
  readonly #actions: Pick<TabActions, 'open' | 'load'>;
  readonly #scene = element('div', { className: 'scene' });
  readonly #sheet = element('div', { className: 'sheet' }, this.#scene);
  #views = new Map<string, NodeView>();
  #layout: Layout = { width: 0, height: 0, nodes: [], edges: [] };
  #shape = '';
  #current = '';
  #zoom = 0;
  /** The size for which the first view was chosen. */
  #begunFor = '';
  /** The user has moved, zoomed or focused something: from now on, nothing else moves the graph. */
  #isTouched = false;
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
    this.hidden = new HiddenParts(this.element, {
      parts: () => [...this.#views.values()].map((view) => view.element.getBoundingClientRect()),
      text: (count) => (count === 1 ? l10n.t('1 more node') : l10n.t('{0} more nodes', count)),
    });
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
    const before = this.#getPlace(this.#current);
    this.#layout = layout(nodes, edges, wantedWidths());
    this.#draw();
    const after = this.#getPlace(this.#current);
    if (this.#isTouched && before && after) {
      this.element.scrollLeft += (after.x - before.x) * this.#zoom;
      this.element.scrollTop += (after.y - before.y) * this.#zoom;
    }
  }

  /** Zooms out to show the whole graph. */
  fit(): void {
    const { clientWidth, clientHeight } = this.element;
    const { width, height } = this.#layout;
    this.#isTouched = true;
    if (width > 0) this.#zoomTo(Math.min(1, clientWidth / width, clientHeight / height));
  }

  /** Zooms around the center, or around a point in pixels from the corner. */
  zoomBy(factor: number, x = this.element.clientWidth / 2, y = this.element.clientHeight / 2): void {
    this.#isTouched = true;
    const before = this.#zoom;
    const { scrollLeft, scrollTop } = this.element;
    this.#zoomTo(before * factor);
    const grown = this.#zoom / before;
    this.element.scrollLeft = (scrollLeft + x) * grown - x;
    this.element.scrollTop = (scrollTop + y) * grown - y;
  }

  /** Shows all of it, or a readable part with the current resource, if the size is known. */
  #begin(): void {
    const { offsetWidth, offsetHeight } = this.element;
    this.#begunFor = `${offsetWidth} ${offsetHeight}`;
    if (offsetWidth === 0 || this.#layout.width === 0) return;
    this.#view();
    // A scroll bar that has appeared takes some of the room.
    if (this.element.offsetWidth > this.element.clientWidth + BORDERS_PX) this.#view();
  }

  #view(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const { zoom, left, top } = initialView(this.#layout, this.#current, { width, height });
    this.#zoomTo(zoom);
    this.element.scrollLeft = left;
    this.element.scrollTop = top;
  }

  #zoomTo(zoom: number): void {
    this.#zoom = Math.max(MIN_ZOOM, Math.min(zoom, MAX_ZOOM));
    this.#scene.style.transform = `scale(${this.#zoom})`;
    this.#sheet.style.width = `${this.#layout.width * this.#zoom}px`;
    this.#sheet.style.height = `${this.#layout.height * this.#zoom}px`;
    this.hidden.update();
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
    if (this.#isTouched) this.#zoomTo(this.#zoom);
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

  #getPlace(id: string): { readonly x: number; readonly y: number } | undefined {
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
    const touch = (): void => {
      this.#isTouched = true;
    };
    for (const type of ['pointerdown', 'wheel', 'focusin']) this.element.addEventListener(type, touch);
    this.hidden.element.addEventListener('click', touch);
    // The size is known when the tab is shown.
    new ResizeObserver(() => {
      const { offsetWidth, offsetHeight } = this.element;
      if (!this.#isTouched && this.#begunFor !== `${offsetWidth} ${offsetHeight}`) this.#begin();
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
