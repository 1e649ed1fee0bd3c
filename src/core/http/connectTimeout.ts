import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/** Published by Node when a request has got its socket, open or still connecting. */
const REQUEST_START_CHANNEL = 'http.client.request.start';

/**
 * Detects when the connection of a request is open, including TLS. node-fetch does not report it and hides its
 * `ClientRequest`; Node publishes every request on a diagnostics channel, where it is identified by method, host and
 * path. Two requests with the same three may be confused, which at worst ends the monitoring of one early. (An
 * AsyncLocalStorage would distinguish them, but requires async hooks in the whole extension host.)
 *
 * A proxy agent passes on its socket once the tunnel is open, so this includes the time it takes.
 */
export class ConnectTimeoutMonitor {
  readonly #watched = new Map<string, Set<() => void>>();

  constructor() {
    subscribe(REQUEST_START_CHANNEL, this.#onRequest);
  }

  /**
   * Watches for the next request with that method and URL.
   * @param onConnected called once, when its connection is open.
   * @returns stops watching.
   */
  watch(method: string, url: URL, onConnected: () => void): () => void {
    const key = getKey(method, url);
    const watchers = this.#watched.get(key) ?? new Set();
    this.#watched.set(key, watchers.add(onConnected));
    return () => {
      watchers.delete(onConnected);
      if (watchers.size === 0 && this.#watched.get(key) === watchers) this.#watched.delete(key);
    };
  }

  dispose(): void {
    unsubscribe(REQUEST_START_CHANNEL, this.#onRequest);
    this.#watched.clear();
  }

  readonly #onRequest = (message: unknown): void => {
    if (this.#watched.size === 0) return;
    const request = toRequest(message);
    const host = request?.getHeader('host');
    // The path of a request to a proxy is the whole URL: both forms resolve to the same.
    const base = `${request?.protocol ?? ''}//${typeof host === 'string' ? host : ''}`;
    if (!request || !URL.canParse(request.path, base)) return;
    const watchers = this.#watched.get(getKey(request.method, new URL(request.path, base)));
    const [first] = watchers ?? [];
    if (!first) return;
    watchers?.delete(first);
    whenOpen(request, first);
  };
}

function getKey(method: string, { host, pathname, search }: URL): string {
  return `${method} ${host} ${pathname}${search}`;
}

function toRequest(message: unknown): ClientRequest | undefined {
  const inside = typeof message === 'object' && message !== null && 'request' in message;
  return inside && message.request instanceof ClientRequest ? message.request : undefined;
}

function whenOpen({ socket }: ClientRequest, onOpen: () => void): void {
  if (!socket) return;
  // True during a TLS handshake; missing from Node's types. `getProtocol` has a value before its end.
  if ('secureConnecting' in socket && socket.secureConnecting === true) socket.once('secureConnect', onOpen);
  else if (socket.connecting) socket.once('connect', onOpen);
  else onOpen();
}
