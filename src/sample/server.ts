import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Cja, type CjaCredentials, type CjaHooks } from './cja/cja';
import { Datadog, type DatadogCredentials, type DatadogHooks } from './datadog/datadog';
import {
  jsonAnswer,
  type Answer,
  type Backend,
  type RecordedRequest,
  type SampleRequest,
} from './common/exchange';
import { Faults, spoil, type Fault } from './faults';
import { Immuta, type ImmutaCredentials, type ImmutaHooks } from './immuta/immuta';
import { Krenalis, type KrenalisCredentials, type KrenalisHooks } from './krenalis/krenalis';
import { resolveOptions, type ResolvedOptions, type SampleOptions } from './common/options';
import { readRequest } from './readRequest';

/** The credentials of an account, by service. */
interface SampleCredentials {
  readonly cja: CjaCredentials;
  readonly datadog: DatadogCredentials;
  readonly krenalis: KrenalisCredentials;
  readonly immuta: ImmutaCredentials;
}

/** The services that the sample simulates. */
export type SampleServiceId = keyof SampleCredentials;

/** The settings and secrets of an account of any service. */
export interface Credentials {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** A running sample service. */
export interface SampleService {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The credentials for a service. @throws Error for a service that the sample does not simulate */
  readonly credentials: {
    <Id extends SampleServiceId>(service: Id): SampleCredentials[Id];
    (service: string): Credentials;
  };
  readonly allCredentials: SampleCredentials;
  /** The last 10,000 requests, oldest first. */
  readonly requests: readonly RecordedRequest[];
  clearRequests(): void;
  /** Makes matching requests fail. @returns removes the fault. */
  inject(fault: Fault): () => void;
  /** Changes to Adobe CJA that requests cannot make. */
  readonly cja: CjaHooks;
  readonly datadog: DatadogHooks;
  readonly immuta: ImmutaHooks;
  readonly krenalis: KrenalisHooks;
  /** Advances the clock of the service. */
  advance(seconds: number): void;
  /**
   * Refuses connections until `resume`, as if nothing were running there, and destroys those that are open.
   */
  pause(): Promise<void>;
  /** Listens again, at the same port. @throws Error of node:net if the port is in use by now. */
  resume(): Promise<void>;
  /** Stops immediately: open connections are destroyed. */
  close(): Promise<void>;
}

const recordedAtMost = 10_000;

/**
 * Starts a server on 127.0.0.1 that simulates the remote services, including Adobe IMS.
 * @throws Error of node:net if the port is not available.
 */
export async function startSampleService(options: SampleOptions = {}): Promise<SampleService> {
  const given = resolveOptions(options);
  let ahead = 0;
  const resolved = { ...given, now: () => given.now() + ahead };
  const cja = new Cja(resolved);
  const datadog = new Datadog(resolved);
  const krenalis = new Krenalis(resolved);
  const immuta = new Immuta(resolved);
  const host = new Host(resolved, [cja, datadog, krenalis, immuta]);
  const origin = await host.listen();
  const allCredentials = {
    cja: cja.credentials(origin),
    datadog: datadog.credentials(origin),
    krenalis: krenalis.credentials(origin),
    immuta: immuta.credentials(origin),
  };
  return {
    origin,
    credentials: credentialsIn(allCredentials),
    allCredentials,
    requests: host.requests,
    clearRequests: () => host.requests.splice(0),
    inject: (fault) => host.faults.inject(fault),
    cja: cja.hooks,
    datadog: datadog.hooks,
    immuta: immuta.hooks,
    krenalis: krenalis.hooks,
    advance: (seconds) => {
      ahead += seconds * 1000;
    },
    pause: () => host.pause(),
    resume: async () => {
      await host.listen(Number(new URL(origin).port));
    },
    close: () => host.close(),
  };
}

function credentialsIn(all: SampleCredentials): SampleService['credentials'] {
  function credentials<Id extends SampleServiceId>(service: Id): SampleCredentials[Id];
  function credentials(service: string): Credentials;
  function credentials(service: string): Credentials {
    const found = new Map<string, Credentials>(Object.entries(all)).get(service);
    if (!found) throw new Error(`The sample service does not stand in for ${service}.`);
    return found;
  }
  return credentials;
}

/** The server: records requests, applies faults, and forwards requests to the backends. */
class Host {
  readonly requests: { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] }[] = [];
  readonly faults = new Faults();
  readonly #closing = new AbortController();
  readonly #server = createServer((incoming, response) => {
    // There is no client to report to if the socket broke, or a delay ended because the service closes.
    this.#serve(incoming, response).catch(() => response.destroy());
  });
  #served = 0;

  constructor(
    private readonly options: ResolvedOptions,
    private readonly backends: readonly Backend[],
  ) {
    // All delayed responses wait for this signal: Node.js warns of a leak after ten listeners.
    setMaxListeners(0, this.#closing.signal);
  }

  /** @returns the origin. */
  listen(asked = this.options.port): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(asked, '127.0.0.1', () => {
        this.#server.off('error', reject);
        const address = this.#server.address();
        const port = typeof address === 'object' ? address?.port : undefined;
        resolve(`http://127.0.0.1:${port ?? asked}`);
      });
    });
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.pause();
  }

  pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = `sample-${++this.#served}`;
    const request = await readRequest(incoming, id);
    if ('status' in request) {
      send(response, id, request);
      return;
    }
    const record = this.#record(request);
    response.once('close', () => {
      record.cancelled = record.status === 0;
    });
    const fault = this.faults.take(request);
    if (fault?.hang) return;
    if (fault?.drop === 'before') {
      response.destroy();
      return;
    }
    const answer = fault ? spoil(fault, request, (asked) => this.#answer(asked)) : this.#answer(request);
    const delay = this.options.latency + (fault?.delay ?? 0);
    if (delay > 0) await this.#wait(delay);
    if (record.cancelled) return;
    if (fault?.drop === 'after') {
      response.destroy();
      return;
    }
    record.status = answer.status;
    const body = sendHead(response, id, answer);
    if (fault) await this.#sendBody(response, body, fault);
    else response.end(body);
  }

  /** Sends a body as slowly, and as far, as the fault demands. */
  async #sendBody(response: ServerResponse, body: Buffer, fault: Fault): Promise<void> {
    const { trickle = 0, cutOffAfter, stallAfter } = fault;
    const end = cutOffAfter ?? stallAfter ?? body.length;
    response.flushHeaders();
    if (trickle > 0) {
      for (let at = 0; at < Math.min(end, body.length) && !response.destroyed; at++) {
        await this.#wait(trickle);
        response.write(body.subarray(at, at + 1));
      }
    } else await written(response, body.subarray(0, end));
    if (cutOffAfter !== undefined) response.destroy();
    else if (stallAfter === undefined) response.end();
  }

  #wait(milliseconds: number): Promise<void> {
    return wait(milliseconds, undefined, { signal: this.#closing.signal });
  }

  #record(request: SampleRequest): { status: number; cancelled: boolean } {
    const { method, path, query, headers, body } = request;
    const record = {
      method,
      path,
      query,
      headers,
      body,
      status: 0,
      cancelled: false,
      at: this.options.now(),
    };
    if (this.requests.push(record) > recordedAtMost) this.requests.shift();
    return record;
  }

  #answer(request: SampleRequest): Answer {
    for (const backend of this.backends) {
      const answer = backend.handle(request);
      if (answer) return answer;
    }
    return jsonAnswer(404, { message: `The sample service has no ${request.method} ${request.path}` });
  }
}

function send(response: ServerResponse, id: string, answer: Answer): void {
  response.end(sendHead(response, id, answer));
}

/** @returns the body to send. */
function sendHead(response: ServerResponse, id: string, answer: Answer): Buffer {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    // A system with its own request IDs sends them in its own header.
    ...('request-id' in answer.headers ? {} : { 'x-request-id': id }),
    'content-length': body.length,
    ...answer.headers,
  });
  return body;
}

function written(response: ServerResponse, part: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.write(part, () => {
      resolve();
    });
  });
}
