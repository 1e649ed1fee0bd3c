import type { Entry } from './inventory';
import { stringify } from 'csv-stringify/sync';
import { columns, type Row } from './row';
import * as l10n from '@vscode/l10n';
import { minute } from '../services/common/dates';
import { KINDS, traitsOfKind, type ResourceKind } from '../../shared/kinds';
import { stateIcons, stateWord, type StatusState } from '../../shared/status';

/** What a format makes of an entry. */
interface Formatted {
  /** Does not depend on what precedes it, because entries are sorted later. */
  readonly text: string;
  /** Rows that are listed at the end instead. */
  readonly problems: readonly Row[];
}

/** Where a connection is. */
export type ConnectionPlace = Pick<Row, 'account' | 'service'>;

/** An output format, written in parts, so that only one connection is held at a time. */
export interface Format {
  /** The text before the first entry. */
  begin(): string;
  entry(entry: Entry): Formatted;
  /** The text between the previous entry and that of a connection. */
  before(next: ConnectionPlace): string;
  /** The text after the last entry. */
  end(problems: readonly Row[]): string;
}

/**
 * One line per resource (RFC 4180, UTF-8 with a byte order mark for spreadsheets). Cells that a spreadsheet would
 * interpret as formulas are prefixed with an apostrophe.
 */
class CsvFormat implements Format {
  begin(): string {
    return `\uFEFF${columns.join(',')}\r\n`;
  }

  entry({ connection, below }: Entry): Formatted {
    const rows: readonly Row[] = connection ? [connection, ...below] : below;
    const text = stringify([...rows], { columns, escape_formulas: true, record_delimiter: '\r\n' });
    return { text, problems: [] };
  }

  before(): string {
    return '';
  }

  end(): string {
    return '';
  }
}

/** An object with the list of connections, each with what is below it, and the list of problems. */
class JsonFormat implements Format {
  #first = true;

  constructor(private readonly date: Date) {}

  begin(): string {
    return `{\n"exported": ${JSON.stringify(this.date.toISOString())},\n"connections": [`;
  }

  entry({ connection, below }: Entry): Formatted {
    const { read, problems } = apart(below);
    if (!connection) return { text: '', problems };
    return { text: JSON.stringify({ ...known(connection), items: read.map(toPartialRow) }), problems };
  }

  before(): string {
    const comma = this.#first ? '' : ',';
    this.#first = false;
    return `${comma}\n`;
  }

  end(problems: readonly Row[]): string {
    return `\n],\n"problems": ${JSON.stringify(problems.map(known))}\n}\n`;
  }
}

/** What could be read and what could not. */
function apart(rows: readonly Row[]): { readonly read: readonly Row[]; readonly problems: readonly Row[] } {
  const isProblem = ({ problem }: Row): boolean => problem !== '';
  return { read: rows.filter((row) => !isProblem(row)), problems: rows.filter(isProblem) };
}

/** Rows below a connection do not repeat its columns. */
function toPartialRow(row: Row): Partial<Row> {
  return known({ ...row, service: '', account: '', connection: '', connectionId: '' });
}

function known(row: Partial<Row>): Partial<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
}

/** A table for each account, followed by what could not be loaded. */
class MarkdownFormat implements Format {
  #heading = '';

  constructor(private readonly date: Date) {}

  begin(): string {
    return `# ${l10n.t('Connections')}\n\n${minute(this.date.toISOString())}\n`;
  }

  entry({ connection, below }: Entry): Formatted {
    const { read, problems } = apart(below);
    return { text: connection ? [connection, ...read].map(line).join('') : '', problems };
  }

  end(problems: readonly Row[]): string {
    if (problems.length === 0) return '';
    const lines = problems.map(({ account, connection, name, problem }) => {
      const place = [account, connection, name].filter((part) => part !== '');
      return `- ${[...new Set(place)].map(inert).join(' › ')}: ${inert(problem)}\n`;
    });
    return `\n## ${l10n.t('Data that could not be read')}\n\n${lines.join('')}`;
  }

  /** The heading of a table, when a new account starts. */
  before({ account, service }: ConnectionPlace): string {
    const heading = `${inert(account)} (${inert(service)})`;
    if (heading === this.#heading) return '';
    this.#heading = heading;
    const titles = markdownColumns().map(({ title }) => title);
    return `\n## ${heading}\n\n| ${titles.join(' | ')} |\n|${' --- |'.repeat(titles.length)}\n`;
  }
}

interface MarkdownColumn {
  readonly title: string;
  readonly cell: (row: Row) => string;
}

/** A function, because the language is not known at load time. */
function markdownColumns(): readonly MarkdownColumn[] {
  return [
    {
      title: l10n.t('Connection'),
      cell: ({ kind, connection }) => (kind === 'connection' ? '' : inert(connection)),
    },
    { title: l10n.t('Kind'), cell: ({ kind }) => inert(kindNoun(kind)) },
    { title: l10n.t('Name'), cell: linkedName },
    { title: l10n.t('ID'), cell: ({ id }) => inert(id) },
    { title: l10n.t('State'), cell: ({ state }) => inert(isState(state) ? stateWord(state) : '') },
    { title: l10n.t('Status'), cell: ({ status }) => inert(status) },
    { title: l10n.t('Details'), cell: ({ details }) => inert(details) },
    { title: l10n.t('Owner'), cell: ({ owner }) => inert(owner) },
    { title: l10n.t('Modified'), cell: ({ modified }) => inert(minute(modified)) },
    { title: l10n.t('Last data added'), cell: ({ lastData }) => inert(minute(lastData)) },
  ];
}

function line(row: Row): string {
  return `| ${markdownColumns()
    .map(({ cell }) => cell(row))
    .join(' | ')} |\n`;
}

function kindNoun(kind: string): string {
  return kind in KINDS ? traitsOfKind(kind as ResourceKind).noun() : kind;
}

function isState(state: string): state is StatusState {
  return state in stateIcons;
}

/** The name as a link to the page of the resource in the service, if it has one. */
function linkedName({ name, link }: Row): string {
  return /^https?:\/\/[^\s<>|\\]+$/.test(link) ? `[${inert(name)}](<${link}>)` : inert(name);
}

/**
 * Escapes what could become Markdown, HTML, math or a link in the renderers of VS Code and GitHub, and nothing else:
 * the text stays readable without a renderer.
 */
function inert(text: string): string {
  const marks =
    /[\\`*[\]<>|~$#@]|&(?=#|\w)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=[a-z]):(?=[\w/])|\/(?=\/)|(?<=[\p{L}\p{N}-])\.(?=\p{L}{2})|^[-+=]|(?<=^\d{1,9})[.)]/giu;
  return text.replaceAll(marks, String.raw`\$&`);
}

/** The formats by file extension. */
export const formats = {
  csv: () => new CsvFormat(),
  json: (date) => new JsonFormat(date),
  md: (date) => new MarkdownFormat(date),
} as const satisfies Readonly<Record<string, (date: Date) => Format>>;

/** File extension of an inventory. */
export type Ending = keyof typeof formats;
