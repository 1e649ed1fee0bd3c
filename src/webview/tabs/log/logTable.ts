import * as l10n from '@vscode/l10n';
import type { LogEntryModel, LogModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { iconButton, statusMark } from '../../components/controls';
import { FilledColumns, type PlacedColumn } from '../../components/filledColumns';
import { element, hinted, reconcileChildren } from '../../components/elements';
import { Formats, timeElement } from '../../components/formats';
import { entryLine } from './entries';

/** Longer texts are truncated. */
const MAX_CELL_CHARS = 2000;

type Column = PlacedColumn<LogModel['columns'][number]>;

/** The table of a log. One of the buttons that copy is a tab stop; arrow keys, Home and End move between them. */
export class LogTable {
  readonly element = element('div', { className: 'table-scroller', tabIndex: 0 });
  // With roles, because a narrow table is not laid out as one.
  readonly #head = element('thead', { role: 'rowgroup' });
  readonly #body = element('tbody', { role: 'rowgroup' });
  readonly #table: HTMLTableElement;
  readonly #formats = new Formats();
  readonly #filled = new FilledColumns();
  #drawn = new Map<string, HTMLTableRowElement>();
  #columns = '';

  /** @param copied copies a text. */
  constructor(
    title: string,
    private readonly copied: (text: string) => void,
  ) {
    this.#table = element('table', { role: 'table', ariaLabel: title }, this.#head, this.#body);
    this.element.ariaLabel = title;
    this.element.append(this.#table);
    this.#body.addEventListener('keydown', (event) => {
      this.#move(event);
    });
    this.#body.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLButtonElement) this.#makeStop(target);
    });
  }

  /** @param shown the entries that the filter finds. */
  update(model: LogModel, shown: readonly LogEntryModel[]): void {
    this.element.hidden = model.entries.length === 0;
    this.#table.ariaBusy = String(model.loading);
    const columns = this.#filled.of(model.columns, model.entries, ({ cells, status }, { kind, at }) =>
      kind === 'status' ? status !== undefined : (cells[at] ?? '') !== '',
    );
    this.#drawHead(columns);
    const before = this.#drawn;
    this.#drawn = new Map();
    for (const entry of shown) {
      const key = JSON.stringify(entry);
      this.#drawn.set(key, before.get(key) ?? this.#row(entry, columns));
    }
    reconcileChildren(this.#body, [...this.#drawn.values()]);
    const buttons = this.#buttons;
    if (!buttons.some(({ tabIndex }) => tabIndex === 0) && buttons[0]) this.#makeStop(buttons[0]);
  }

  #drawHead(columns: readonly Column[]): void {
    const shown = JSON.stringify(columns);
    if (shown === this.#columns) return;
    this.#columns = shown;
    this.#drawn.clear();
    const heads = columns.map(({ label, kind }) =>
      element('th', { scope: 'col', role: 'columnheader', className: kind }, plainText(label)),
    );
    const copy = element('th', { scope: 'col', role: 'columnheader', className: 'verb' });
    copy.append(element('span', { className: 'exact' }, l10n.t('Copy')));
    this.#head.replaceChildren(element('tr', { role: 'row' }, ...heads, copy));
  }

  #row(entry: LogEntryModel, columns: readonly Column[]): HTMLTableRowElement {
    const cells = columns.map(({ label, kind, at }) => {
      const cell = element('td', { role: 'cell', className: kind });
      cell.append(...this.#cell(entry, at, kind));
      // A narrow table shows it, because a number alone says nothing.
      if (kind === 'number') cell.setAttribute('data-label', plainText(label));
      return cell;
    });
    const copy = iconButton('copy', l10n.t('Copy Entry'), () => {
      this.copied(entryLine(entry));
    });
    copy.tabIndex = -1;
    return element('tr', { role: 'row' }, ...cells, element('td', { role: 'cell', className: 'verb' }, copy));
  }

  #cell({ status, cells, hints }: LogEntryModel, at: number, kind: Column['kind']): readonly Node[] {
    const text = cells[at] ?? '';
    if (kind === 'status') return status ? [statusMark(status)] : [];
    if (text === '') return [];
    if (kind === 'date' && !Number.isNaN(Date.parse(text))) return [timeElement(text, false, this.#formats)];
    const words = kind === 'number' ? this.#formats.number(text) : text;
    const shown = element('span', { dir: 'auto' }, plainText(words, MAX_CELL_CHARS));
    return [hinted(shown, hints?.[at] === '' ? undefined : hints?.[at])];
  }

  get #buttons(): readonly HTMLButtonElement[] {
    return [...this.#body.querySelectorAll('button')];
  }

  #makeStop(wanted: HTMLButtonElement): void {
    for (const button of this.#buttons) button.tabIndex = button === wanted ? 0 : -1;
  }

  #move(event: KeyboardEvent): void {
    const buttons = this.#buttons;
    const at = buttons.findIndex((button) => button === document.activeElement);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(at + 1, buttons.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: buttons.length - 1,
    };
    const target = buttons[targets[event.key] ?? -1];
    if (at < 0 || !target) return;
    event.preventDefault();
    target.focus();
  }
}
