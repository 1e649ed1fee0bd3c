import { CsvFormat } from './csvFormat';
import type { Format } from './format';
import { JsonFormat } from './jsonFormat';
import { MarkdownFormat } from './markdownFormat';

/** The formats, by the ending of their files. */
export const formats = {
  csv: () => new CsvFormat(),
  json: (date) => new JsonFormat(date),
  md: (date) => new MarkdownFormat(date),
} as const satisfies Readonly<Record<string, (date: Date) => Format>>;

/** The ending of an inventory's file. */
export type Ending = keyof typeof formats;
