import type { ColumnModel, RowModel } from '../../../shared/models';
import { Formats } from '../../components/formats';

/** Pixels. Longer texts are cut, and shown in full by their tooltips. */
const MIN_WIDTH_PX = 40;
const MAX_WIDTH_PX = 340;

/** Rows that are measured: a table's columns must not change their width while it is scrolled. */
const SAMPLED_ROWS = 200;

/** The padding of a cell, both sides together, as in overview.css. */
const PADDING_PX = 22;

/** What an icon takes, with the space beside it. */
const STATUS_ICON_PX = 22;

/** An age that is as long as most. */
const longAge = '44 minutes ago';

/**
 * The widths of a table's columns in pixels, from left to right, by what stands in them.
 * @param measure gives the pixels that a text takes.
 */
export function widths(
  rows: readonly RowModel[],
  columns: readonly ColumnModel[],
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
  const others = columns.map(({ label, kind }, at) => {
    const texts = some.map(({ cells }) => cells[at] ?? '');
    const shown =
      kind === 'date' ? [longAge] : kind === 'number' ? texts.map((text) => formats.number(text)) : texts;
    // The sign of sorting stands beside the label, which is bold.
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
