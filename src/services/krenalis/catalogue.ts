import type { CallOptions } from '../../http/client';
import type { Choice, Resource } from '../service';
import { type Connectors, readConnectors } from './connectors';
import type { Operations } from './operations';

/** What a session remembers of its workspace, so that menus and forms can name it without asking again. */
export class Catalogue {
  readonly #operations: Operations;
  #connectors: Connectors | undefined;
  #connections: readonly Resource[] = [];

  constructor(operations: Operations) {
    this.#operations = operations;
  }

  /**
   * The connectors of the installation, read once: they change with its version only. That there are none is not
   * remembered, for every installation has some.
   * @throws HttpError
   */
  async connectors(call: CallOptions): Promise<Connectors> {
    const connectors = this.#connectors ?? (await readConnectors(this.#operations, call));
    if (connectors.list.length > 0) this.#connectors = connectors;
    return connectors;
  }

  /** Keeps the connections that a list showed. */
  remember(connections: readonly Resource[]): void {
    this.#connections = connections.filter(({ kind }) => kind === 'connection');
  }

  /** Takes in what was read of one of them since: what is told of its pipelines comes from here. */
  update(connection: Resource): void {
    this.#connections = this.#connections.map((known) => (known.id === connection.id ? connection : known));
  }

  /** The connections that were last listed. */
  get connections(): readonly Resource[] {
    return this.#connections;
  }

  /** A connection as one of several to choose from; one that no list showed is named by its id. */
  choice(id: string): Choice {
    const known = this.#connections.find((connection) => connection.id === id);
    if (!known) return { value: id, label: id };
    return {
      value: id,
      label: known.label,
      ...(known.description !== undefined && { description: known.description }),
    };
  }
}
