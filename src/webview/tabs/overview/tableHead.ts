import * as l10n from '@vscode/l10n';
import type { ColumnModel } from '../../../shared/models';
import { element } from '../../components/elements';
import { ellipsis } from '../../components/clipped';
import { icon } from '../../components/icons';
import type { Order, SortKey } from './rows';

/** The head of a table: a button for each column, which sorts by it. */
export class TableHead {
  readonly element = element('thead');
  readonly #cells = new Map<SortKey, HTMLTableCellElement>();
  #columns = '';
  #order: Order | undefined;

  /** @param sorted is told the order that the user chose; undefined for the service's own. */
  constructor(private readonly sorted: (order: Order | undefined) => void) {}

  update(columns: readonly ColumnModel[], withStatus: boolean): void {
    const shown = JSON.stringify([columns, withStatus]);
    if (shown === this.#columns) return;
    this.#columns = shown;
    this.#cells.clear();
    const row = element('tr', { ariaRowIndex: '1' }, this.#cell('name', l10n.t('Name'), 'text'));
    if (withStatus) row.append(this.#cell('status', l10n.t('Status'), 'text'));
    row.append(...columns.map(({ label, kind }, at) => this.#cell(at, label, kind)));
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

/** Up, down, and as the service sent it. */
function following(order: Order | undefined, key: SortKey): Order | undefined {
  if (order?.key !== key) return { key, descending: false };
  return order.descending ? undefined : { key, descending: true };
}
