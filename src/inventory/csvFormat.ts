import { stringify } from 'csv-stringify/sync';
import type { Format } from './format';
import type { Entry } from './inventory';
import { columns, type Row } from './row';

/**
 * A line for each resource (RFC 4180, UTF-8 with the mark that spreadsheets know it by). Cells that a spreadsheet would
 * take for formulas get an apostrophe in front.
 */
export class CsvFormat implements Format {
  begin(): string {
    return `\uFEFF${columns.join(',')}\r\n`;
  }

  entry({ connection, below }: Entry): string {
    const rows: readonly Row[] = connection ? [connection, ...below] : below;
    return stringify([...rows], { columns, escape_formulas: true, record_delimiter: '\r\n' });
  }

  end(): string {
    return '';
  }
}
