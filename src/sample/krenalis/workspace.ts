import { cycle } from '../common/random';
import type { ResolvedOptions } from '../common/options';
import { connectors, type Connector } from './connectors';
import { KrenalisFailure } from './failures';
import { drawId, isOld, type Id } from './ids';
import { renderPipeline, type Pipeline, templates, type Template } from './pipeline';
import { Runs } from './runs';

/** A connection of the workspace. */
export interface Connection {
  readonly id: Id;
  name: string;
  readonly connector: Connector;
  readonly role: 'Source' | 'Destination';
  strategy: string | null;
  sendingMode: string | null;
  readonly linked: Set<Connection>;
  readonly pipelines: readonly Pipeline[];
  /** Number of its identities. */
  readonly identities: number;
}

/** The data of the sample workspace, as seen and changed by requests. */
export class Workspace {
  readonly id: Id;
  readonly runs: Runs;
  readonly start: number;
  warehouseMode: 'Normal' | 'Inspection' | 'Maintenance' = 'Normal';
  /** True: the database of the warehouse does not respond. */
  warehouseDown = false;
  readonly #connections = new Map<string, Connection>();
  #made = 0;
  #listed = 0;

  constructor(readonly options: ResolvedOptions) {
    this.id = drawId(options, 'user', 0);
    this.runs = new Runs(options);
    this.start = options.now();
    for (let index = 0; index < options.krenalisConnections; index++) this.#addTemplate(index);
    this.#linkEvents();
  }

  /** Sorted by name, like the service; the order of equal names changes with each list, as it does there. */
  list(): readonly Connection[] {
    this.#listed += 1;
    const all = [...this.#connections.values()];
    const turned = this.#listed % 2 === 0 ? all.toReversed() : all;
    return turned.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  find(id: string): Connection | undefined {
    return this.#connections.get(id);
  }

  /** @throws KrenalisFailure if the connection does not exist. */
  get(id: string): Connection {
    const connection = this.find(id);
    if (!connection) throw new KrenalisFailure('NotFound', `connection ${id} does not exist`);
    return connection;
  }

  /** @throws KrenalisFailure if the pipeline does not exist. */
  pipeline(id: string): { readonly connection: Connection; readonly pipeline: Pipeline } {
    for (const connection of this.#connections.values()) {
      const pipeline = connection.pipelines.find((one) => String(one.id) === id);
      if (pipeline) return { connection, pipeline };
    }
    throw new KrenalisFailure('NotFound', `pipeline ${id} does not exist`);
  }

  has(pipeline: Pipeline): boolean {
    return [...this.#connections.values()].some(({ pipelines }) => pipelines.includes(pipeline));
  }

  add(connection: Omit<Connection, 'id'>): Connection {
    const id = drawId(this.options, 'connection', this.#made++);
    const added = { id, ...connection };
    this.#connections.set(String(id), added);
    for (const other of connection.linked) other.linked.add(added);
    return added;
  }

  remove(connection: Connection): void {
    this.#connections.delete(String(connection.id));
    for (const other of connection.linked) other.linked.delete(connection);
  }

  /** The connection as returned in lists. */
  render(connection: Connection): Readonly<Record<string, unknown>> {
    const { id, name, connector, role, strategy, sendingMode, linked, pipelines } = connection;
    return {
      id,
      name,
      connector: connector.code,
      connectorType: connector.type,
      role,
      strategy,
      sendingMode,
      ...(linked.size > 0 && { linkedConnections: [...linked].map((other) => other.id) }),
      pipelines: pipelines.map((pipeline) => this.renderPipeline(connection, pipeline)),
    };
  }

  renderPipeline({ connector, id, role }: Connection, pipeline: Pipeline): unknown {
    const running = this.runs.isRunning(pipeline);
    const consents = !isOld(this.options);
    return renderPipeline(pipeline, { connector, connection: id, role, running, consents });
  }

  #addTemplate(index: number): void {
    const template = cycle(templates, index);
    const round = Math.floor(index / templates.length);
    const connector = connectors.get(template.connector);
    if (!connector) return;
    this.add({
      name: round === 0 || template.sameName ? template.name : `${template.name} ${round + 1}`,
      connector,
      role: template.role,
      strategy: template.role === 'Source' && connector.strategies ? 'Conversion' : null,
      sendingMode: template.role === 'Destination' ? (connector.asDestination?.sendingMode ?? null) : null,
      linked: new Set(),
      pipelines: template.pipelines.map((outline, place) => this.#makePipeline(outline, index, place)),
      identities: template.identities ?? 0,
    });
  }

  #makePipeline(outline: Template['pipelines'][number], index: number, place: number): Pipeline {
    const { name, target, enabled = true, schedule = null, error = '', lastRun } = outline;
    const batch = lastRun !== undefined;
    const id = drawId(this.options, 'dataset', index, place);
    const pipeline: Pipeline = { id, name, target, enabled, batch, schedule, error, rejected: [] };
    if (batch) this.runs.start(pipeline, this.start - lastRun * 1000);
    return pipeline;
  }

  /** Every event source sends to the first destination that accepts events. */
  #linkEvents(): void {
    const all = [...this.#connections.values()];
    const destination = all.find(
      ({ role, connector }) => role === 'Destination' && connector.asDestination?.targets.includes('Event'),
    );
    const [source] = all.filter(({ connector }) => connector.code === 'javascript');
    if (!source || !destination) return;
    source.linked.add(destination);
    destination.linked.add(source);
  }
}
