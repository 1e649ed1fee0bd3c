import type { ColumnModel, RowModel } from '../../panel/models';
import { Formats } from '../parts/formats';

const least = 10;
const most = 44;
/** Rows that are measured: a table's columns must not change their width while it is scrolled. */
const sample = 500;
/** What stands in the cell of the name besides it. */
const verbs = 9;
const widthOfDate = 18;

/** The widths of a table's columns in characters, from left to right, by what stands in them. */
export function widths(
  rows: readonly RowModel[],
  columns: readonly ColumnModel[],
  withStatus: boolean,
): readonly number[] {
  const some = rows.slice(0, sample);
  const formats = new Formats();
  const name = fitting(
    some.map((row) => row.name.length + verbs),
    20,
  );
  const status = withStatus
    ? [
        fitting(
          some.map(({ status: { text } = { text: '' } }) => text.length + 4),
          least,
        ),
      ]
    : [];
  const others = columns.map(({ label, kind }, at) => {
    if (kind === 'date') return Math.max(widthOfDate, Math.min(label.length + 4, most));
    const lengths = some.map(({ cells }) => {
      const text = cells[at] ?? '';
      return text.length > most ? most : (kind === 'number' ? formats.number(text) : text).length + 4;
    });
    return fitting([label.length + 5, ...lengths], least);
  });
  return [name, ...status, ...others];
}

function fitting(lengths: readonly number[], floor: number): number {
  return Math.min(
    most,
    lengths.reduce((longest, length) => Math.max(longest, length), floor),
  );
}
