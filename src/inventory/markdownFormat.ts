import * as l10n from '@vscode/l10n';
import type { Format } from './format';
import type { Entry } from './inventory';
import type { Row } from './row';

/** A table for each account, and below all of them what could not be read. */
export class MarkdownFormat implements Format {
  readonly #date: Date;
  readonly #problems: Row[] = [];
  #heading = '';

  constructor(date: Date) {
    this.#date = date;
  }

  begin(): string {
    return `# ${l10n.t('Connections')}\n\n${this.#date.toISOString()}\n`;
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
    return `\n## ${l10n.t('What could not be read')}\n\n${lines.join('')}`;
  }

  /** The head of a table, where another account begins. */
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

/** All that Markdown, HTML or a link could be made of as a character reference; ids stay readable. */
function cell(text: string): string {
  const marks = /[^\p{L}\p{N} _-]| (?= )|(?<![\p{L}\p{N}])[_-]|[_-](?![\p{L}\p{N}])/gu;
  return text.replaceAll(marks, (character) => `&#${String(character.codePointAt(0))};`);
}
