import type { IncomingMessage } from 'node:http';
import { jsonAnswer, type Answer, type SampleRequest } from './common/exchange';

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
const bodyAtMost = 1024 * 1024;
const closing = { connection: 'close' };

/**
 * Reads a whole request.
 * @returns the response to send instead if it is not addressed to this machine (a web page may have bound its own name
 * to 127.0.0.1), is too large, or has a path that cannot be decoded.
 */
export async function readRequest(incoming: IncomingMessage, id: string): Promise<SampleRequest | Answer> {
  if (!loopback.test(incoming.headers.host ?? '')) {
    return jsonAnswer(403, { message: 'The sample service answers loopback host names only' }, closing);
  }
  const body = await readBody(incoming);
  if (body === undefined) return jsonAnswer(413, { errorCode: 'payload_too_large', errorId: id }, closing);
  const target = readTarget(incoming.url ?? '/');
  if (target === undefined) return jsonAnswer(400, { errorCode: 'invalid_request', errorId: id });
  return { method: incoming.method ?? 'GET', ...target, headers: flatHeaders(incoming), body, id };
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Otherwise, leaving the loop early destroys the socket, and with it the response.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyAtMost) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Segments and query of a request target; undefined if it cannot be decoded. */
export function readTarget(url: string): Pick<SampleRequest, 'path' | 'segments' | 'query'> | undefined {
  try {
    const { pathname, searchParams } = new URL(url, 'http://sample');
    const segments = pathname.split('/').filter(Boolean).map(decodeURIComponent);
    return { path: pathname, segments, query: searchParams };
  } catch {
    return undefined;
  }
}

function flatHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers = Object.entries(incoming.headersDistinct);
  return Object.fromEntries(headers.map(([name, values]) => [name, values?.join(', ') ?? '']));
}
