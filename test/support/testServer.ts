import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest } from '../../src/core/http/types';
import type { RequestPath } from '../../src/core/http/requestPath';

/** A response of the test server, or a fault. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Milliseconds before the response. */
  readonly delay?: number;
  /** Sends the head and an incomplete body, then closes the connection. */
  readonly cutOff?: boolean;
  /** `head`: never responds. `body`: sends the head and the body, but never ends the response. */
  readonly hang?: 'head' | 'body';
  /** Sent instead of an HTTP response. */
  readonly raw?: string;
}

/** A request as the server received it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** An HTTP server on 127.0.0.1. */
export interface TestServer {
  readonly origin: string;
  readonly received: readonly Received[];
  /** Resolves when a request has arrived. */
  readonly arrived: Promise<void>;
  /** The number of connections opened so far. */
  readonly connections: () => number;
  /** Resolves when a client disconnects before it received a response. */
  readonly abandoned: Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The target of a request. @param path sent as it is: services encode theirs by `requestPath`. */
export function at(origin: string, path = ''): Pick<HttpRequest, 'origin' | 'path'> {
  return { origin, path: path as RequestPath };
}

/** Starts a server. `reply` returns the response to a request; its number counts from 0. */
export async function startServer(
  reply: (request: Received, index: number) => Reply = () => ({ body: '{}' }),
): Promise<TestServer> {
  const received: Received[] = [];
  let arrive: (() => void) | undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  let connections = 0;
  let abandon: (() => void) | undefined;
  const abandoned = new Promise<void>((resolve) => (abandon = resolve));
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandon?.();
    });
    void receive(request).then((whole) => {
      const answer = reply(whole, received.push(whole) - 1);
      arrive?.();
      if (answer.delay === undefined) setImmediate(send, response, answer);
      else setTimeout(send, answer.delay, response, answer);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    arrived,
    connections: () => connections,
    abandoned,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
    time: Date.now(),
  };
}

function send(response: ServerResponse, reply: Reply): void {
  const { status = 200, headers = {}, body = '', hang, cutOff, raw } = reply;
  if (raw !== undefined) {
    response.socket?.end(raw);
    return;
  }
  if (hang === 'head') return;
  const length = Buffer.byteLength(body) + (cutOff || hang ? 1000 : 0);
  response.writeHead(status, { 'content-length': length, ...headers });
  if (!cutOff && !hang) response.end(body);
  else
    response.write(body === '' ? ' ' : body, () => {
      if (cutOff) response.socket?.destroy();
    });
}
