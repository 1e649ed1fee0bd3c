import * as l10n from '@vscode/l10n';
import type { TimelineModel, BarModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { Announcer } from '../../components/notices';
import { element } from '../../components/elements';
import { ResourceTable } from '../overview/resourceTable';
import { segmentedControl, zoomButtons, statusIcon } from '../../components/controls';
import { updateAges, whileConnected } from '../../components/formats';
import type { Tab, TabActions } from '../../components/tabs';
import type { Scale } from './bars';
import { Chart } from './chart';
import { LoadingStatus } from './loadingStatus';
import { runTable } from './runTexts';
import { stateWord } from '../../../shared/status';
import { STATUS_ORDER } from '../overview/rows';

/** How often the bars of active runs are redrawn. */
const TICK_MS = 15_000;

/** The Timeline tab: runs over time, as a chart or a table. */
export function timelineTab(actions: TabActions): Tab<TimelineModel> {
  const view = new TimelineView(actions);
  return {
    element: view.element,
    update: (model) => {
      view.update(model);
    },
  };
}

class TimelineView {
  readonly element: HTMLElement;
  readonly #reading: LoadingStatus;
  readonly #chart: Chart;
  readonly #table: ResourceTable;
  readonly #scales: HTMLElement;
  readonly #tools: HTMLElement;
  readonly #body = element('div', { className: 'drawing' });
  readonly #empty = element('p', { className: 'notice empty', role: 'status' }, l10n.t('No runs.'));
  #legend = legend([]);
  #model: TimelineModel = { title: '', lanes: [] };

  constructor(actions: TabActions) {
    const announcer = new Announcer();
    this.#reading = new LoadingStatus(actions);
    this.#chart = new Chart(actions);
    this.#table = new ResourceTable(runTable(this.#model), actions, ({ id, name }) => {
      actions.copy(id);
      announcer.say(l10n.t('Copied ID of {0}', plainText(name || id, 80)));
    });
    this.#scales = segmentedControl<Scale>(
      l10n.t('Axis'),
      [
        ['ran', l10n.t('Time of Run')],
        ['covers', l10n.t('Date Range')],
      ],
      (scale) => {
        this.#chart.scale = scale;
      },
    ).element;
    const zoom = zoomButtons(
      (factor) => {
        this.#chart.zoomBy(factor);
      },
      () => {
        this.#chart.zoomTo(1);
      },
    );
    const views = segmentedControl<boolean>(
      l10n.t('View'),
      [
        [false, l10n.t('Chart')],
        [true, l10n.t('Table')],
      ],
      (table) => {
        this.#chart.element.hidden = zoom.hidden = table;
        this.#legend.hidden = table || this.#legend.childElementCount === 0;
        this.#scales.hidden = table || !this.#covers();
        this.#table.element.hidden = !table;
      },
    ).element;
    this.#table.element.hidden = true;
    this.#tools = element('div', { className: 'tools' }, views, this.#scales, zoom);
    this.#body.append(this.#tools, this.#legend, this.#chart.element, this.#table.element);
    this.element = element(
      'div',
      { className: 'timeline' },
      this.#reading.element,
      this.#empty,
      this.#body,
      announcer.element,
    );
    updateAges(this.element);
    whileConnected(this.element, TICK_MS, () => {
      this.#tick();
    });
  }

  update(model: TimelineModel): void {
    this.#model = model;
    const bars = model.lanes.flatMap((lane) => lane.bars);
    this.#reading.update(model);
    this.#empty.hidden =
      model.lanes.length > 0 || model.progress !== undefined || model.problem !== undefined;
    this.#body.hidden = model.lanes.length === 0;
    this.#scales.hidden = !this.#covers() || !this.#table.element.hidden;
    const made = legend(bars);
    made.hidden ||= !this.#table.element.hidden;
    this.#legend.replaceWith(made);
    this.#legend = made;
    this.#chart.update(model);
    this.#table.update(runTable(model));
  }

  #covers(): boolean {
    return this.#model.lanes.some(({ bars }) => bars.some(({ covers }) => covers !== undefined));
  }

  #tick(): void {
    const going = this.#model.lanes.some(({ bars }) =>
      bars.some(({ status: { state } }) => state === 'running' || state === 'queued'),
    );
    if (going && this.element.checkVisibility()) this.#chart.update(this.#model);
  }
}

/** The legend of the states, with the number of bars of each. */
export function legend(bars: readonly BarModel[]): HTMLElement {
  const entries = STATUS_ORDER.flatMap((state) => {
    const count = bars.filter(({ status }) => status.state === state).length;
    if (count === 0) return [];
    const swatch = element('span', { className: `swatch state-${state}`, ariaHidden: 'true' });
    return [element('li', {}, swatch, statusIcon(state), `${stateWord(state)} (${count})`)];
  });
  return element(
    'ul',
    { className: 'legend', ariaLabel: l10n.t('Legend'), hidden: entries.length === 0 },
    ...entries,
  );
}
