import * as l10n from '@vscode/l10n';
import type { ColumnModel, RowModel } from '../../../shared/models';
import { element, ellipsis } from '../../components/elements';
import { icon } from '../../components/controls';
import type { PlacedColumn } from '../../components/filledColumns';
import type { Order, SortKey } from './rows';
import { Formats } from '../../components/formats';

/** The head of a table: a button for each column, which sorts by it. */
export class TableHead {
  readonly element = element('thead');
  readonly #cells = new Map<SortKey, HTMLTableCellElement>();
  #columns = '';
  #order: Order | undefined;

  /** @param sorted is called with the order that the user chose; undefined for the service's own. */
  constructor(private readonly sorted: (order: Order | undefined) => void) {}

  update(columns: readonly PlacedColumn<ColumnModel>[], withStatus: boolean): void {
    const shown = JSON.stringify([columns, withStatus]);
    if (shown === this.#columns) return;
    this.#columns = shown;
    this.#cells.clear();
    const row = element('tr', { ariaRowIndex: '1' }, this.#cell('name', l10n.t('Name'), 'text'));
    if (withStatus) row.append(this.#cell('status', l10n.t('Status'), 'text'));
    row.append(...columns.map(({ label, kind, at }) => this.#cell(at, label, kind)));
    this.element.replaceChildren(row);
    this.#mark();
  }

  #cell(key: SortKey, label: string, kind: ColumnModel['kind']): HTMLTableCellElement {
    const button = element('button', { type: 'button', className: 'sort' }, ellipsis(label));
    button.addEventListener('click', () => {
      this.#order = following(this.#order, key);
      this.#mark();
      this.sorted(this.#order);
    });
    const cell = element('th', { scope: 'col', className: kind }, button);
    this.#cells.set(key, cell);
    return cell;
  }

  #mark(): void {
    for (const [key, cell] of this.#cells) {
      const descending = this.#order?.key === key ? this.#order.descending : undefined;
      cell.ariaSort = descending === undefined ? 'none' : descending ? 'descending' : 'ascending';
      cell.querySelector('.codicon')?.remove();
      if (descending !== undefined)
        cell.firstElementChild?.append(icon(descending ? 'arrow-down' : 'arrow-up'));
    }
  }
}

/** Ascending, descending, then the service's own order. */
function following(order: Order | undefined, key: SortKey): Order | undefined {
  if (order?.key !== key) return { key, descending: false };
  return order.descending ? undefined : { key, descending: true };
}

/** Longer texts are truncated, and shown in full by their tooltips. */
const MIN_WIDTH_PX = 40;
const MAX_WIDTH_PX = 340;

/** Columns must keep their width while scrolling, so the first rows are measured up front. */
const SAMPLED_ROWS = 200;

/** The padding of a cell, both sides together, as in overview.css. */
const PADDING_PX = 22;

/** An icon with its margin. */
const STATUS_ICON_PX = 22;

/** A long relative time. */
const longAge = '44 minutes ago';

/**
 * The widths of a table's columns in pixels, from left to right, by their content.
 * @param measure returns the width of a text in pixels.
 */
export function widths(
  rows: readonly RowModel[],
  columns: readonly PlacedColumn<ColumnModel>[],
  withStatus: boolean,
  measure: (text: string) => number,
): readonly number[] {
  const some = rows.slice(0, SAMPLED_ROWS);
  const formats = new Formats();
  const fitting = (texts: readonly string[], beside = 0): number => {
    const wanted = new Set(texts.map((text) => text.slice(0, 100)));
    const longest = [...wanted].reduce((longest, text) => Math.max(longest, measure(text)), MIN_WIDTH_PX);
    return Math.ceil(Math.min(longest + beside, MAX_WIDTH_PX)) + PADDING_PX;
  };
  const others = columns.map(({ label, kind, at }) => {
    const texts = some.map(({ cells }) => cells[at] ?? '');
    const shown =
      kind === 'date' ? [longAge] : kind === 'number' ? texts.map((text) => formats.number(text)) : texts;
    // The sort icon is beside the label, which is bold.
    return Math.max(fitting(shown), fitting([label], STATUS_ICON_PX));
  });
  return [
    fitting(some.map(({ name }) => name)),
    ...(withStatus
      ? [
          fitting(
            some.map(({ status }) => status?.text ?? ''),
            STATUS_ICON_PX,
          ),
        ]
      : []),
    ...others,
  ];
}
