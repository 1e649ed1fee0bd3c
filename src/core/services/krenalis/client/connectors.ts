import * as v from 'valibot';
import { ExpiringMap } from '../../../base/expiringMap';
import type { CallOptions } from '../../../http/types';
import { brokenTerms } from '../../common/items';
import { FALLBACK_LIFETIME_MS } from '../../common/fallback';
import { isJsonObject } from '../../../http/json';
import { flag, id, part, text } from '../../common/decode';
import type { GlossaryTerm } from '../../contract/properties';
import type { Choice } from '../../contract/signIn';
import type { Resource } from '../../contract/resource';
import { readList } from './listing';
import type { Operations } from './operations';

const connectorSchema = v.object({
  code: id,
  label: text,
  type: text,
  /** Null if the connector cannot be a source. */
  asSource: part({ summary: text, hasSettings: flag }),
  asDestination: part({ summary: text, hasSettings: flag }),
});

/** A connector, from which connections are created (GET /v1/connectors). */
export interface Connector extends v.InferOutput<typeof connectorSchema> {
  /** True if the application has to authorize access first. */
  readonly oauth: boolean;
}

/** The connectors of an installation. */
export interface Connectors {
  readonly list: readonly Connector[];
  /** Number of connectors without an ID. */
  readonly broken: number;
}

/**
 * The connectors of the installation.
 * @throws HttpError if they cannot be loaded.
 */
async function readConnectors(operations: Operations, call: CallOptions): Promise<Connectors> {
  const values = readList(await operations.connectors(call), 'connectors');
  const list = values.flatMap((value) => {
    const decoded = v.safeParse(connectorSchema, value);
    if (!decoded.success || !isJsonObject(value)) return [];
    return [{ ...decoded.output, oauth: isJsonObject(value.oauth) }];
  });
  return { list, broken: values.length - list.length };
}

/** Connectors as glossary terms, including file connectors, although no connection is created from one. */
export function connectorTerms({ list, broken }: Connectors): readonly GlossaryTerm[] {
  const terms = list.map(({ code, label, type, asSource, asDestination }) => {
    const summary = [type, asSource?.summary, asDestination?.summary].filter((word) => word !== undefined);
    return { id: code, label: label ?? code, description: summary.join(' · ') };
  });
  return [...terms, ...brokenTerms(broken)];
}

/** Caches connectors and connections of a workspace, so that menus and forms can name them without further requests. */
export class ConnectorCache {
  readonly #connectors: ExpiringMap<'all', Connectors>;
  #connections: readonly Resource[] = [];

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly operations: Operations,
    now: () => number = Date.now,
  ) {
    this.#connectors = new ExpiringMap(FALLBACK_LIFETIME_MS, now);
  }

  /**
   * The connectors of the installation, cached for some time, because they only change with its version. An empty list
   * is not cached, because every installation has some, nor is one with items that cannot be decoded.
   * @throws HttpError
   */
  async connectors(call: CallOptions): Promise<Connectors> {
    const cached = this.#connectors.get('all');
    if (cached) return cached;
    const connectors = await readConnectors(this.operations, call);
    if (connectors.list.length > 0 && connectors.broken === 0) this.#connectors.set('all', connectors);
    return connectors;
  }

  /** Replaces the listed connections. */
  remember(connections: readonly Resource[]): void {
    this.#connections = connections.filter(({ kind }) => kind === 'connection');
  }

  /** Updates one of them and its pipelines. */
  update(connection: Resource): void {
    this.#connections = this.#connections.map((known) => (known.id === connection.id ? connection : known));
  }

  /** The connections that were last listed. */
  get connections(): readonly Resource[] {
    return this.#connections;
  }

  /** A connection as a choice; unlisted ones are named by their ID. */
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
