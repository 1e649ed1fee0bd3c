import { drawUuid } from '../common/random';
import { Catalog, type DataObject } from './catalog';
import { makeConnection, personId, type Connection, type ConnectionState } from './connection';
import { ImmutaFailure } from './failure';
import type { Json } from './json';
import type { TenantOptions } from './options';
import { firstTasks, standing, type Run, type Standing, type Task, type TaskType } from './task';

/** The data of a connection, created on demand. */
interface Holdings {
  readonly catalog: Catalog;
  tasks: readonly Task[];
}

/** What to remove when a run has succeeded. */
interface Removal {
  readonly run: Run;
  readonly done: () => void;
}

/** The sample tenant: its connections, with their data objects and tasks. Runs progress with time. */
export class Tenant {
  readonly #connections = new Map<string, Connection>();
  readonly #holdings = new Map<string, Holdings>();
  #removals: readonly Removal[] = [];
  #made = 0;

  constructor(readonly options: TenantOptions) {
    for (let index = 0; index < options.connections; index++) {
      const connection = makeConnection(options, index);
      this.#connections.set(connection.key, connection);
    }
  }

  connections(): readonly Connection[] {
    this.#sweep();
    return [...this.#connections.values()];
  }

  /** @throws ImmutaFailure 404 with the documented text. */
  connection(key: string): Connection {
    this.#sweep();
    const connection = this.#connections.get(key);
    if (!connection) throw new ImmutaFailure(404, 'Connection not found');
    return connection;
  }

  has(key: string): boolean {
    return this.#connections.has(key);
  }

  /** Adds a connection as described by a request. It starts ACTIVE and healthy. */
  addConnection(key: string, technology: Connection['technology'], configuration: Json): Connection {
    const { now, seed } = this.options;
    const connection: Connection = {
      index: this.options.connections + ++this.#made,
      key,
      technology,
      state: 'ACTIVE',
      healthy: { client: true, policy: true, audit: true },
      configuration,
      createdBy: personId(seed, 0),
      createdAt: now(),
      updatedAt: now(),
    };
    this.#connections.set(key, connection);
    return connection;
  }

  /** Changes parts of a connection. */
  change(key: string, parts: Partial<Pick<Connection, 'state' | 'healthy' | 'configuration'>>): Connection {
    const changed = { ...this.connection(key), ...parts, updatedAt: this.options.now() };
    this.#connections.set(key, changed);
    return changed;
  }

  /** Removes a connection immediately, as if another user had. */
  removeConnection(key: string): void {
    this.#connections.delete(key);
    this.#holdings.delete(key);
  }

  catalog(key: string): Catalog {
    return this.#getHoldings(key).catalog;
  }

  /** @throws ImmutaFailure 404 */
  dataObject(key: string, id: string): DataObject {
    const object = this.catalog(key).get(id);
    if (!object) throw new ImmutaFailure(404, 'Data object not found');
    return object;
  }

  tasks(key: string): readonly Task[] {
    return this.#getHoldings(key).tasks;
  }

  /** @throws ImmutaFailure 404 */
  task(key: string, id: string): Task {
    const task = this.tasks(key).find((one) => one.id === id);
    if (!task) throw new ImmutaFailure(404, 'Task not found');
    return task;
  }

  /** @throws ImmutaFailure 404 */
  run(key: string, taskId: string, id: string): Run {
    const run = this.task(key, taskId).runs.find((one) => one.id === id);
    if (!run) throw new ImmutaFailure(404, 'Task run not found');
    return run;
  }

  /** Starts a task with one run. */
  addTask(key: string, type: TaskType): Task {
    const { seed, now } = this.options;
    const number = ++this.#made;
    const run: Run = { id: drawUuid(seed, 'run', number), createdAt: now(), fails: false };
    const task: Task = {
      id: drawUuid(seed, 'task', number),
      type,
      trigger: 'MANUAL',
      createdBy: personId(seed, 0),
      createdAt: now(),
      runs: [run],
    };
    const holdings = this.#getHoldings(key);
    holdings.tasks = [task, ...holdings.tasks];
    return task;
  }

  /** Starts a task that removes something when it succeeds. */
  addRemoval(key: string, type: TaskType, done: () => void): Task {
    const task = this.addTask(key, type);
    this.#removals = [...this.#removals, ...task.runs.map((run) => ({ run, done }))];
    return task;
  }

  /** Requests the cancellation of a run. */
  cancel(key: string, taskId: string, runId: string): void {
    const cancelled = { at: this.options.now(), by: personId(this.options.seed, 0) };
    this.#changeRuns(key, (run) => (run.id === runId ? { ...run, cancelled } : run), taskId);
  }

  /** Completes every run, as if it had started long ago. */
  finishRuns(): void {
    const past = 3000 * this.options.runSeconds;
    for (const key of this.#holdings.keys()) {
      this.#changeRuns(key, (run) => ({ ...run, createdAt: run.createdAt - past }));
    }
  }

  /** Sets the state of a connection, as if another user had. */
  setState(key: string, state: ConnectionState): void {
    this.change(key, { state });
  }

  #changeRuns(key: string, change: (run: Run) => Run, taskId?: string): void {
    const holdings = this.#getHoldings(key);
    const changed = new Map<Run, Run>();
    holdings.tasks = holdings.tasks.map((task) => {
      if (taskId !== undefined && task.id !== taskId) return task;
      const runs = task.runs.map((run) => {
        changed.set(run, change(run));
        return changed.get(run) ?? run;
      });
      return { ...task, runs };
    });
    this.#removals = this.#removals.map(({ run, done }) => ({ run: changed.get(run) ?? run, done }));
  }

  #getHoldings(key: string): Holdings {
    const connection = this.connection(key);
    const known = this.#holdings.get(key);
    if (known) return known;
    const made = {
      catalog: new Catalog(this.options, connection),
      tasks: firstTasks(this.options, connection),
    };
    this.#holdings.set(key, made);
    return made;
  }

  /** Removes what completed deletions have to remove. */
  #sweep(): void {
    const { now, runSeconds } = this.options;
    const moment = now();
    const getStatus = ({ run }: Removal): Standing => standing(run, moment, runSeconds);
    const over = this.#removals.filter((removal) => getStatus(removal).completedAt !== undefined);
    if (over.length === 0) return;
    this.#removals = this.#removals.filter((removal) => !over.includes(removal));
    for (const removal of over) if (getStatus(removal).status === 'SUCCEEDED') removal.done();
  }
}
