import * as l10n from '@vscode/l10n';
import type { ColumnModel, RowModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { element, hinted, reconcileChildren, ellipsis } from '../../components/elements';
import type { PlacedColumn } from '../../components/filledColumns';
import { type Formats, timeElement } from '../../components/formats';
import { iconButton, statusMark } from '../../components/controls';
import type { TabActions } from '../../components/tabs';

/** A table row. Its buttons stay the same elements on updates. */
export class TableRow {
  readonly element: HTMLTableRowElement;
  readonly #name: HTMLButtonElement;
  readonly #head: HTMLTableCellElement;
  readonly #buttons: readonly [name: HTMLButtonElement, copy: HTMLButtonElement, reveal: HTMLButtonElement];
  #row: RowModel;
  #shown = '';

  constructor(
    row: RowModel,
    actions: Pick<TabActions, 'open' | 'reveal'>,
    copied: (row: RowModel) => void,
    private readonly formats: Formats,
  ) {
    this.#row = row;
    this.#name = element('button', { type: 'button', className: 'name' });
    this.#name.addEventListener('click', () => {
      actions.open(this.#row.path);
    });
    const copy = iconButton('copy', '', () => {
      copied(this.#row);
    });
    const reveal = iconButton('list-tree', '', () => {
      actions.reveal(this.#row.path);
    });
    this.#buttons = [this.#name, copy, reveal];
    const box = element(
      'div',
      { className: 'first' },
      this.#name,
      element('span', { className: 'verbs' }, copy, reveal),
    );
    this.#head = element('th', { scope: 'row' }, box);
    this.element = element('tr', {}, this.#head);
  }

  get row(): RowModel {
    return this.#row;
  }

  /** Makes the row a tab stop, or not. */
  set reachable(reachable: boolean) {
    for (const button of this.#buttons) button.tabIndex = reachable ? 0 : -1;
  }

  /** @param place 1-based row number, including the head. */
  update(
    row: RowModel,
    columns: readonly PlacedColumn<ColumnModel>[],
    withStatus: boolean,
    place: number,
  ): void {
    this.element.ariaRowIndex = String(place);
    const shown = JSON.stringify([row, columns, withStatus]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#row = row;
    this.#name.replaceChildren(ellipsis(row.name === '' ? row.id : row.name));
    this.#describe(plainText(row.name || row.id, 80));
    const status = withStatus ? [element('td', {}, ...(row.status ? [statusMark(row.status)] : []))] : [];
    const cells = columns.map((column) =>
      cell(row.cells[column.at], column, this.formats, row.hints?.[column.id]),
    );
    reconcileChildren(this.element, [this.#head, ...status, ...cells]);
  }

  #describe(name: string): void {
    const [, copy, reveal] = this.#buttons;
    copy.ariaLabel = copy.title = l10n.t('Copy ID of {0}', name);
    reveal.ariaLabel = reveal.title = l10n.t('Reveal {0} in Tree', name);
  }

  focus(): void {
    this.#name.focus();
  }
}

function cell(
  text = '',
  { kind }: ColumnModel,
  formats: Formats,
  hint: string | undefined,
): HTMLTableCellElement {
  const made = element('td', { className: kind });
  if (text === '') return made;
  const date = kind === 'date' ? timeElement(text, false, formats) : undefined;
  made.append(date ?? hinted(ellipsis(kind === 'number' ? formats.number(text) : text), hint));
  return made;
}
