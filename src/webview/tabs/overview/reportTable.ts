import type { ReportModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { FilledColumns, type PlacedColumn } from '../../components/filledColumns';
import { element, paragraph } from '../../components/elements';
import { timeElement } from '../../components/formats';
import { ListNotice } from '../../components/notices';
import type { TabActions } from '../../components/tabs';

/** What a service tells of the resource in rows that are no resources: why a run failed. */
export class ReportTable {
  readonly element = element('section', { className: 'resource-table report', hidden: true });
  readonly #heading = element('h2');
  readonly #scroller = element('div', { className: 'table-scroller', tabIndex: 0 });
  readonly #notice: ListNotice;
  readonly #filled = new FilledColumns();
  #source = '';
  #shown = '';

  constructor({ load, editAccount }: Pick<TabActions, 'load' | 'editAccount'>) {
    this.#notice = new ListNotice(() => {
      load(this.#source);
    }, editAccount);
    const bar = element('div', { className: 'table-bar' }, this.#heading);
    this.element.append(bar, this.#scroller, this.#notice.element);
  }

  /** @param model undefined if there is none. */
  update(model: ReportModel | undefined): void {
    this.element.hidden = model === undefined;
    if (!model) return;
    this.#source = model.source;
    this.#notice.update(model);
    const { title, columns, rows } = model;
    const shown = JSON.stringify([title, columns, rows]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#heading.textContent = plainText(title);
    this.#scroller.hidden = rows.length === 0;
    this.#scroller.ariaLabel = plainText(title);
    const filled = this.#filled.of(columns, rows, (cells, { at }) => (cells[at] ?? '') !== '');
    this.#scroller.replaceChildren(table(model, filled));
  }
}

function table(
  { title, rows }: ReportModel,
  columns: readonly PlacedColumn<ReportModel['columns'][number]>[],
): HTMLElement {
  const heads = columns.map(({ label, kind }) =>
    element('th', { scope: 'col', className: kind }, plainText(label)),
  );
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...columns.map(({ kind, at }) => element('td', { className: kind }, ...cell(cells[at] ?? '', kind))),
    ),
  );
  return element(
    'table',
    { ariaLabel: plainText(title) },
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...body),
  );
}

function cell(text: string, kind: ReportModel['columns'][number]['kind']): readonly Node[] {
  if (text === '') return [];
  const isDate = kind === 'date' && !Number.isNaN(Date.parse(text));
  return [isDate ? timeElement(text, false) : paragraph(text)];
}
