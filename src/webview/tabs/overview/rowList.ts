import type { ColumnModel, RowModel } from '../../../shared/models';
import { element, reconcileChildren } from '../../components/elements';
import type { PlacedColumn } from '../../components/filledColumns';
import { Formats } from '../../components/formats';
import type { TabActions } from '../../components/tabs';
import { slice } from './rows';
import { TableRow } from './tableRow';

/**
 * The virtualized rows of a table: `content-visibility` does not work for table rows. One row is a tab stop; arrow keys,
 * Home, End and the page keys move between rows.
 */
export class RowList {
  readonly element = element('tbody');
  readonly #make: (row: RowModel) => TableRow;
  #drawn = new Map<string, TableRow>();
  #rows: readonly RowModel[] = [];
  #columns: readonly PlacedColumn<ColumnModel>[] = [];
  #withStatus = false;
  #current = '';
  #rowHeight = 28;

  constructor(
    private readonly scroller: HTMLElement,
    actions: TabActions,
    private readonly copied: (row: RowModel) => void,
  ) {
    const formats = new Formats();
    this.#make = (row) => new TableRow(row, actions, copied, formats);
    scroller.addEventListener('scroll', () => {
      this.#draw();
    });
    new ResizeObserver(() => {
      this.#draw();
    }).observe(scroller);
    this.element.addEventListener('focusin', ({ target }) => {
      this.#reach(target);
    });
    this.element.addEventListener('keydown', (event) => {
      this.#press(event);
    });
  }

  /** Sets the columns, from the next `update` on. */
  show(columns: readonly PlacedColumn<ColumnModel>[], withStatus: boolean): void {
    this.#columns = columns;
    this.#withStatus = withStatus;
  }

  update(rows: readonly RowModel[]): void {
    this.#rows = rows;
    if (!rows.some(({ path }) => path === this.#current)) this.#current = rows[0]?.path ?? '';
    this.#draw();
  }

  #draw(): void {
    const { scrollTop: top, clientHeight: height } = this.scroller;
    const pinned = this.#rows.findIndex(({ path }) => path === this.#current);
    const places = slice({ count: this.#rows.length, rowHeight: this.#rowHeight, top, height, pinned });
    const before = this.#drawn;
    this.#drawn = new Map();
    const wanted: Element[] = [];
    let next = 0;
    for (const place of places) {
      const row = this.#rows[place];
      if (!row) continue;
      if (place > next) wanted.push(this.#gap(place - next));
      next = place + 1;
      wanted.push(this.#rowAt(row, place, before).element);
    }
    if (next < this.#rows.length) wanted.push(this.#gap(this.#rows.length - next));
    reconcileChildren(this.element, wanted);
    this.#measure();
  }

  #rowAt(row: RowModel, place: number, before: ReadonlyMap<string, TableRow>): TableRow {
    // Paths should be unique; if they are not, all rows are shown nevertheless.
    const key = this.#drawn.has(row.path) ? `${row.path}\n${place}` : row.path;
    const drawn = before.get(key) ?? this.#make(row);
    drawn.update(row, this.#columns, this.#withStatus, place + 2);
    drawn.reachable = row.path === this.#current;
    this.#drawn.set(key, drawn);
    return drawn;
  }

  #gap(rows: number): Element {
    const gap = element('tr', { className: 'gap', ariaHidden: 'true' }, element('td'));
    gap.style.height = `${rows * this.#rowHeight}px`;
    return gap;
  }

  /** The height depends on the user's font, and is the same for all rows. */
  #measure(): void {
    const height = this.#drawn.values().next().value?.element.getBoundingClientRect().height ?? 0;
    if (height === 0 || Math.abs(height - this.#rowHeight) < 0.01) return;
    this.#rowHeight = height;
    this.#draw();
  }

  #reach(target: EventTarget | null): void {
    const found = [...this.#drawn.values()].find(
      (row) => target instanceof Node && row.element.contains(target),
    );
    if (!found || found.row.path === this.#current) return;
    this.#current = found.row.path;
    for (const row of this.#drawn.values()) row.reachable = row === found;
  }

  #press(event: KeyboardEvent): void {
    const at = this.#rows.findIndex(({ path }) => path === this.#current);
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.#rowHeight) - 2);
    const targets: Readonly<Record<string, number>> = {
      ...{ ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page },
      ...{ Home: 0, End: this.#rows.length - 1 },
    };
    const target = targets[event.key];
    const row = this.#rows[at];
    if (row && event.key === 'c' && (event.ctrlKey || event.metaKey)) this.copied(row);
    else if (target !== undefined) this.#go(Math.max(0, Math.min(target, this.#rows.length - 1)));
    else return;
    event.preventDefault();
  }

  #go(place: number): void {
    const row = this.#rows[place];
    if (!row) return;
    this.#current = row.path;
    this.#draw();
    this.#drawn.get(row.path)?.focus();
  }
}
