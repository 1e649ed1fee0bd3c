import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { brokenTerms } from '../../common/items';
import { flag, id, isJsonObject, part, text } from '../../common/decode';
import type { GlossaryTerm } from '../../contract/properties';
import type { Choice } from '../../contract/signIn';
import type { Resource } from '../../contract/resource';
import { readList } from './listing';
import type { Operations } from './operations';

const connectorSchema = v.object({
  code: id,
  label: text,
  type: text,
  /** Null where the connector cannot be one. */
  asSource: part({ summary: text, hasSettings: flag }),
  asDestination: part({ summary: text, hasSettings: flag }),
});

/** What connections can be made of (GET /v1/connectors). */
export interface Connector extends v.InferOutput<typeof connectorSchema> {
  /** True where an application's consent is needed first. */
  readonly oauth: boolean;
}

/** The connectors of an installation. */
export interface Connectors {
  readonly list: readonly Connector[];
  /** How many there are besides that nothing names. */
  readonly broken: number;
}

/**
 * The connectors of the installation.
 * @throws HttpError where they cannot be read.
 */
export async function readConnectors(operations: Operations, call: CallOptions): Promise<Connectors> {
  const values = readList(await operations.connectors(call), 'connectors');
  const list = values.flatMap((value) => {
    const decoded = v.safeParse(connectorSchema, value);
    if (!decoded.success || !isJsonObject(value)) return [];
    return [{ ...decoded.output, oauth: isJsonObject(value.oauth) }];
  });
  return { list, broken: values.length - list.length };
}

/** Connectors as words of a glossary. File connectors are among them, though no connection is made of one. */
export function connectorTerms({ list, broken }: Connectors): readonly GlossaryTerm[] {
  const terms = list.map(({ code, label, type, asSource, asDestination }) => {
    const summary = [type, asSource?.summary, asDestination?.summary].filter((word) => word !== undefined);
    return { id: code, label: label ?? code, description: summary.join(' · ') };
  });
  return [...terms, ...brokenTerms(broken)];
}

/** What a session remembers of its workspace, so that menus and forms can name it without asking again. */
export class ConnectorCache {
  #connectors: Connectors | undefined;
  #connections: readonly Resource[] = [];

  constructor(private readonly operations: Operations) {}

  /**
   * The connectors of the installation, read once: they change with its version only. That there are none is not
   * remembered, for every installation has some.
   * @throws HttpError
   */
  async connectors(call: CallOptions): Promise<Connectors> {
    const connectors = this.#connectors ?? (await readConnectors(this.operations, call));
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
