import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerMessage, parseError, PROTOCOL_VERSIONS, type McpTools } from './mcpProtocol';

/** The largest accepted body: a call of a tool with the longest texts has less. */
const MAX_BODY_BYTES = 64_000;

const PATH = '/mcp';

/** A running server. It ends with `close`. */
export interface McpServer {
  readonly url: string;
  /** Random for each start. Every request needs it. */
  readonly token: string;
  close(): void;
}

/**
 * Starts a Model Context Protocol server with the transport "Streamable HTTP", without sessions and streams:
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/transports. It listens on a free port of 127.0.0.1.
 * Web pages cannot use it, even under a host name that resolves to this computer: requests with an `Origin`, with
 * another `Host`, or without the token are refused before their body is read.
 * @throws the system's error if no port is free.
 */
export async function startMcpServer(tools: McpTools): Promise<McpServer> {
  const token = randomBytes(32).toString('base64url');
  const server = createServer((request, response) => {
    void respond(request, response, { tools, token, port: getPort(server) });
  });
  // Slow or silent clients hold nothing for long; the calls of tools themselves may take as long as they need.
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${getPort(server)}${PATH}`,
    token,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function getPort(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}

interface Guard {
  readonly tools: McpTools;
  readonly token: string;
  readonly port: number;
}

async function respond(request: IncomingMessage, response: ServerResponse, guard: Guard): Promise<void> {
  const refusal = refuse(request, guard);
  if (refusal) {
    // The body is not read, so the connection cannot be used again.
    response.writeHead(refusal.status, { ...refusal.headers, connection: 'close' }).end();
    return;
  }
  const closed = new AbortController();
  response.on('close', () => {
    closed.abort();
  });
  try {
    const body = await readBody(request);
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const answer = await answerBody(body, guard.tools, closed.signal);
    if (answer === undefined) response.writeHead(202).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  } catch {
    // The client is gone: nobody waits for the answer.
    response.destroy();
  }
}

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request is not answered, by its head alone. */
function refuse({ method, url, headers }: IncomingMessage, { token, port }: Guard): Refusal | undefined {
  if (headers.origin !== undefined || !isOwnHost(headers.host, port)) return { status: 403 };
  if (!isEqual(headers.authorization ?? '', `Bearer ${token}`))
    return { status: 401, headers: { 'www-authenticate': 'Bearer' } };
  if (url !== PATH) return { status: 404 };
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) return { status: 415 };
  const version = headers['mcp-protocol-version'];
  if (version !== undefined && !PROTOCOL_VERSIONS.includes(String(version))) return { status: 400 };
  return undefined;
}

function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** Compares in constant time, whatever the lengths. */
function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** @returns undefined if it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function answerBody(body: string, tools: McpTools, signal: AbortSignal): Promise<object | undefined> {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    return parseError();
  }
  return await answerMessage(message, tools, signal);
}
