import * as l10n from '@vscode/l10n';
import type { StructureModel } from '../../../shared/models';
import { element } from '../../components/elements';
import { segmentedControl, zoomButtons } from '../../components/controls';
import { ListNotice } from '../../components/notices';
import type { Tab, TabActions } from '../../components/tabs';
import { Graph } from './graph';
import { outline } from './outline';

/** Below this the graph shows too little at a size that can be read: the list is shown, unless the user chose. */
const MIN_GRAPH_WIDTH_PX = 520;

/** The Structure tab: how a resource is connected, as a graph or a list. */
export function structureTab(actions: TabActions): Tab<StructureModel> {
  const view = new StructureView(actions);
  return {
    element: view.element,
    update: (model) => {
      view.update(model);
    },
  };
}

class StructureView {
  readonly element: HTMLElement;
  readonly #graph: Graph;
  readonly #list = element('div', { className: 'outline-box', hidden: true });
  readonly #body: HTMLElement;
  readonly #notice: ListNotice;
  #self: string | undefined;
  #listed = '';
  /** The user has chosen a view. */
  #isChosen = false;

  constructor(private readonly actions: TabActions) {
    this.#graph = new Graph(actions);
    this.#notice = new ListNotice(() => {
      if (this.#self !== undefined) actions.load(this.#self);
    }, actions.editAccount);
    const zoom = zoomButtons(
      (factor) => {
        this.#graph.zoomBy(factor);
      },
      () => {
        this.#graph.fit();
      },
    );
    const views = [[false, l10n.t('Graph')] as const, [true, l10n.t('List')] as const];
    const show = (list: boolean): void => {
      this.#graph.element.hidden = zoom.hidden = list;
      this.#list.hidden = !list;
    };
    const view = segmentedControl<boolean>(l10n.t('View'), views, (list) => {
      this.#isChosen = true;
      show(list);
    });
    const tools = element('div', { className: 'tools' }, view.element, this.#graph.hidden.element, zoom);
    this.#body = element('div', { className: 'drawing' }, tools, this.#graph.element, this.#list);
    this.element = element('div', { className: 'structure' }, this.#notice.element, this.#body);
    new ResizeObserver(() => {
      const width = this.element.clientWidth;
      if (this.#isChosen || width === 0) return;
      view.press(width < MIN_GRAPH_WIDTH_PX);
      show(width < MIN_GRAPH_WIDTH_PX);
    }).observe(this.element);
  }

  update(model: StructureModel): void {
    const { nodes } = model;
    this.#self = nodes.find(({ isCurrent }) => isCurrent)?.path;
    this.#notice.update(model, nodes.length === 0 ? l10n.t('Nothing to show.') : '');
    this.#body.hidden = nodes.length === 0;
    this.#graph.update(model);
    const listed = JSON.stringify([nodes, model.edges]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    this.#list.replaceChildren(outline(model, this.actions));
  }
}
