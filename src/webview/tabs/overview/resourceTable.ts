import * as l10n from '@vscode/l10n';
import type { RowModel, TableModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { element, textWidth } from '../../components/elements';
import { FilledColumns } from '../../components/filledColumns';
import { FilterField } from '../../components/filterField';
import { ListNotice } from '../../components/notices';
import type { TabActions } from '../../components/tabs';
import { filtered, ordered, type Order } from './rows';
import { RowList } from './rowList';
import { TableHead, widths } from './columns';
import { hiddenColumns } from './hiddenColumns';

/**
 * A table of resources: an HTML table, which screen readers can navigate, unlike that of
 * `@vscode-elements`, whose cells are `div`s with roles and which does not virtualize rows.
 */
export class ResourceTable {
  readonly element: HTMLElement;
  readonly #heading = element('h2');
  readonly #filter: FilterField;
  readonly #scroller = element('div', { className: 'table-scroller' });
  readonly #columns = element('colgroup');
  readonly #hidden = hiddenColumns(this.#scroller);
  readonly #head: TableHead;
  readonly #rows: RowList;
  readonly #filled = new FilledColumns();
  readonly #table: HTMLTableElement;
  readonly #notice: ListNotice;
  #order: Order | undefined;

  /** @param copied copies the ID of a row. */
  constructor(
    private model: TableModel,
    actions: TabActions,
    copied: (row: RowModel) => void,
  ) {
    this.#filter = new FilterField(() => {
      this.#arrange();
    });
    this.#head = new TableHead((order) => {
      this.#order = order;
      this.#arrange();
    });
    this.#rows = new RowList(this.#scroller, actions, copied);
    this.#table = element('table', {}, this.#columns, this.#head.element, this.#rows.element);
    this.#scroller.append(this.#table);
    this.#notice = new ListNotice(() => {
      actions.load(this.model.source);
    }, actions.editAccount);
    const tools = element('div', { className: 'table-tools' }, this.#hidden.element, this.#filter.element);
    const bar = element('div', { className: 'table-bar' }, this.#heading, tools);
    this.element = element(
      'section',
      { className: 'resource-table' },
      bar,
      this.#scroller,
      this.#notice.element,
    );
    this.update(model);
  }

  update(model: TableModel): void {
    this.model = model;
    const { title, rows, loading } = model;
    const columns = this.#filled.of(model.columns, rows, ({ cells }, { at }) => (cells[at] ?? '') !== '');
    const withStatus = rows.some(({ status }) => status !== undefined);
    const name = plainText(title);
    this.#heading.textContent = name;
    this.#table.ariaLabel = name;
    this.#table.ariaBusy = String(loading);
    this.#head.update(columns, withStatus);
    this.#rows.show(columns, withStatus);
    this.#fit(widths(rows, columns, withStatus, textWidth()));
    this.#filter.element.hidden = this.#scroller.hidden = rows.length === 0;
    this.#notice.update(model, rows.length === 0 ? l10n.t('None.') : '');
    this.#arrange();
    this.#hidden.update();
  }

  #arrange(): void {
    const { rows, columns } = this.model;
    const found = filtered(rows, this.#filter.text);
    const order = this.#order;
    this.#filter.found(found.length, rows.length);
    this.#table.ariaRowCount = String(found.length + 1);
    this.#rows.update(order ? ordered(found, columns, order, document.documentElement.lang) : found);
  }

  #fit(wanted: readonly number[]): void {
    const [names = '0px', ...others] = wanted.map((width) => `${width}px`);
    // In a narrow panel the names leave room for the next column.
    const lengths = others.length === 0 ? [names] : [`min(${names}, 50cqi)`, ...others];
    const cols = lengths.map((length) => {
      const col = element('col');
      col.style.width = length;
      return col;
    });
    this.#columns.replaceChildren(...cols);
    this.#table.style.minWidth = `calc(${lengths.join(' + ')})`;
  }
}
