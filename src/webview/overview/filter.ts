import type { RowModel } from '../../panel/models';

/** Rows of which any cell, the name, the id or the status holds the text, whatever its case. */
export function filtered(rows: readonly RowModel[], text: string): readonly RowModel[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.filter(({ name, id, status, cells }) =>
    [name, id, status?.text ?? '', ...cells].some((cell) => cell.toLowerCase().includes(wanted)),
  );
}
