import type { Entry } from './inventory';
import { stringify } from 'csv-stringify/sync';
import { columns, type Row } from './row';
import * as l10n from '@vscode/l10n';

/** An output format, written in parts, so that only one connection is held at a time. */
export interface Format {
  /** The text before the first entry. */
  begin(): string;
  entry(entry: Entry): string;
  /** The text after the last entry. */
  end(): string;
}

/**
 * One line per resource (RFC 4180, UTF-8 with a byte order mark for spreadsheets). Cells that a spreadsheet would
 * interpret as formulas are prefixed with an apostrophe.
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

/** An object with the list of connections, each with what is below it, and the list of problems. */
export class JsonFormat implements Format {
  readonly #problems: Row[] = [];
  #first = true;

  constructor(private readonly date: Date) {}

  begin(): string {
    return `{\n"exported": ${JSON.stringify(this.date.toISOString())},\n"connections": [`;
  }

  entry({ connection, below }: Entry): string {
    this.#problems.push(...below.filter(({ problem }) => problem !== ''));
    if (!connection) return '';
    const items = below.filter(({ problem }) => problem === '').map(toPartialRow);
    const comma = this.#first ? '' : ',';
    this.#first = false;
    return `${comma}\n${JSON.stringify({ ...known(connection), items })}`;
  }

  end(): string {
    return `\n],\n"problems": ${JSON.stringify(this.#problems.map(known))}\n}\n`;
  }
}

/** Rows below a connection do not repeat its columns. */
function toPartialRow(row: Row): Partial<Row> {
  return known({ ...row, service: '', account: '', connection: '', connectionId: '' });
}

function known(row: Partial<Row>): Partial<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
}

/** A table for each account, followed by what could not be loaded. */
export class MarkdownFormat implements Format {
  readonly #problems: Row[] = [];
  #heading = '';

  constructor(private readonly date: Date) {}

  begin(): string {
    return `# ${l10n.t('Connections')}\n\n${this.date.toISOString()}\n`;
  }

  entry({ connection, below }: Entry): string {
    this.#problems.push(...below.filter(({ problem }) => problem !== ''));
    if (!connection) return '';
    const rows = [connection, ...below.filter(({ problem }) => problem === '')];
    return `${this.#head(connection)}${rows.map(line).join('')}`;
  }

  end(): string {
    if (this.#problems.length === 0) return '';
    const lines = this.#problems.map(({ account, connection, name, problem }) => {
      const place = [account, connection, name].filter((part) => part !== '');
      return `- ${[...new Set(place)].map(cell).join(' › ')}: ${cell(problem)}\n`;
    });
    return `\n## ${l10n.t('Data that could not be read')}\n\n${lines.join('')}`;
  }

  /** The heading of a table, when a new account starts. */
  #head({ account, service }: Row): string {
    const heading = `${cell(account)} (${cell(service)})`;
    if (heading === this.#heading) return '';
    this.#heading = heading;
    const titles = [
      l10n.t('Connection'),
      l10n.t('Kind'),
      l10n.t('Name'),
      l10n.t('ID'),
      l10n.t('Status'),
      l10n.t('Details'),
    ];
    return `\n## ${heading}\n\n| ${titles.join(' | ')} |\n|${' --- |'.repeat(titles.length)}\n`;
  }
}

function line({ connection, kind, name, id, status, details }: Row): string {
  return `| ${[connection, kind, name, id, status, details].map(cell).join(' | ')} |\n`;
}

/** Escapes everything that could become Markdown, HTML or a link as character references; IDs stay readable. */
function cell(text: string): string {
  const marks = /[^\p{L}\p{N} _-]| (?= )|(?<![\p{L}\p{N}])[_-]|[_-](?![\p{L}\p{N}])/gu;
  return text.replaceAll(marks, (character) => `&#${String(character.codePointAt(0))};`);
}

/** The formats by file extension. */
export const formats = {
  csv: () => new CsvFormat(),
  json: (date) => new JsonFormat(date),
  md: (date) => new MarkdownFormat(date),
} as const satisfies Readonly<Record<string, (date: Date) => Format>>;

/** File extension of an inventory. */
export type Ending = keyof typeof formats;
