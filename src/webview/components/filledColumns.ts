/** A column, and the index of its cells in each row. */
export type PlacedColumn<Column> = Column & { readonly at: number };

/**
 * The columns of a table in which a row has a value. One may appear when more rows are loaded. None disappears as long
 * as the table is shown, so that neither a refresh nor a filter moves the others.
 */
export class FilledColumns {
  readonly #filled = new Set<string>();

  /** @param isFilled whether a row has a value in a column. */
  of<Column extends { readonly label: string }, Row>(
    columns: readonly Column[],
    rows: readonly Row[],
    isFilled: (row: Row, column: PlacedColumn<Column>) => boolean,
  ): readonly PlacedColumn<Column>[] {
    const placed = columns.map((column, at) => ({ ...column, at }));
    return placed.filter((column) => {
      const key = `${column.at} ${column.label}`;
      if (!this.#filled.has(key) && rows.some((row) => isFilled(row, column))) this.#filled.add(key);
      return this.#filled.has(key);
    });
  }
}
