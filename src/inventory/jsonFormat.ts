import type { Format } from './format';
import type { Entry } from './inventory';
import type { Row } from './row';

/** An object with the list of connections, each with what lies below it, and the list of problems. */
export class JsonFormat implements Format {
  readonly #date: Date;
  readonly #problems: Row[] = [];
  #first = true;

  constructor(date: Date) {
    this.#date = date;
  }

  begin(): string {
    return `{\n"exported": ${JSON.stringify(this.#date.toISOString())},\n"connections": [`;
  }

  entry({ connection, below }: Entry): string {
    this.#problems.push(...below.filter(({ problem }) => problem !== ''));
    if (!connection) return '';
    const items = below.filter(({ problem }) => problem === '').map(partOf);
    const comma = this.#first ? '' : ',';
    this.#first = false;
    return `${comma}\n${JSON.stringify({ ...known(connection), items })}`;
  }

  end(): string {
    return `\n],\n"problems": ${JSON.stringify(this.#problems.map(known))}\n}\n`;
  }
}

/** What lies below a connection does not repeat where it lies. */
function partOf(row: Row): Partial<Row> {
  return known({ ...row, service: '', account: '', connection: '', connectionId: '' });
}

function known(row: Partial<Row>): Partial<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
}
