import type { ColumnModel, RowModel, StatusModel } from '../../../shared/models';

/** Sort column: name, status, or the index of a column of the model. */
export type SortKey = 'name' | 'status' | number;

export interface Order {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Sort value of a row. Undefined sorts last in both directions. */
type Rank = string | number | undefined;

/**
 * Sorts rows, stably. Invalid numbers and dates come after the valid values and before empty cells.
 * @param language BCP 47, for the order of texts.
 */
export function ordered(
  rows: readonly RowModel[],
  columns: readonly ColumnModel[],
  { key, descending }: Order,
  language: string,
): readonly RowModel[] {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const ranked = rows.map((row) => ({ row, rank: toRank(row, columns, key) }));
  const direction = descending ? -1 : 1;
  return ranked.sort((a, b) => compareRanks(a.rank, b.rank, compare, direction)).map(({ row }) => row);
}

function compareRanks(
  a: Rank,
  b: Rank,
  compare: (a: string, b: string) => number,
  direction: number,
): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'string' && typeof b === 'string') return direction * compare(a, b);
  if (typeof a === 'number' && typeof b === 'number') return direction * (a - b);
  return typeof a === 'number' ? -1 : 1;
}

function toRank({ name, status, cells }: RowModel, columns: readonly ColumnModel[], key: SortKey): Rank {
  if (key === 'name') return name.slice(0, 300) || undefined;
  if (key === 'status') return status && STATUS_ORDER.indexOf(status.state);
  const text = cells[key]?.trim() ?? '';
  if (text === '') return undefined;
  const kind = columns[key]?.kind;
  const value = kind === 'number' ? Number(text) : kind === 'date' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(value) ? text.slice(0, 300) : value;
}

/** States by urgency, the most urgent first. */
export const STATUS_ORDER: readonly StatusModel['state'][] = [
  ...(['failed', 'warning', 'running', 'queued'] as const),
  ...(['unknown', 'inactive', 'ok'] as const),
];

/** Rows with the text in any cell, name, ID or status, ignoring case. */
export function filtered(rows: readonly RowModel[], text: string): readonly RowModel[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.filter(({ name, id, status, cells }) =>
    [name, id, status?.text ?? '', ...cells].some((cell) => cell.toLowerCase().includes(wanted)),
  );
}

/** Viewport of a virtualized list. */
export interface View {
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly top: number;
  readonly height: number;
  /** Index of the row that is always rendered: the tab stop. */
  readonly pinned: number;
}

/** Rows rendered beyond either edge, so that quick scrolling shows no gap. */
const MARGIN_ROWS = 15;

/** The indices of the rows to render, in order. */
export function slice({ count, rowHeight, top, height, pinned }: View): readonly number[] {
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - MARGIN_ROWS, count));
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + MARGIN_ROWS);
  const places = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
  if (pinned < 0 || pinned >= count || (pinned >= first && pinned < last)) return places;
  return pinned < first ? [pinned, ...places] : [...places, pinned];
}
