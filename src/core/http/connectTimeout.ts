import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/** Published by Node when a request has got its socket: one that is open already, or one that still connects. */
const REQUEST_START_CHANNEL = 'http.client.request.start';

/**
 * Tells when a request's connection is open, TLS included. node-fetch does not say so, and hides its
 * `ClientRequest`; Node publishes every request on a diagnostics channel, where it is recognised by method, host
 * and path. Two requests that agree in all three may be taken for each other, which at worst ends the watch of one
 * early. (An AsyncLocalStorage would tell them apart, at the price of async hooks in the whole extension host.)
 *
 * A proxy agent hands over its socket once the tunnel stands, so its work counts as connecting too.
 */
export class ConnectTimeoutMonitor {
  readonly #watched = new Map<string, Set<() => void>>();

  constructor() {
    subscribe(REQUEST_START_CHANNEL, this.#onRequest);
  }

  /**
   * Watches for the next request of that method and URL.
   * @param onConnected called once, when its connection is open.
   * @returns ends the watch.
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

  /** Stops listening. */
  dispose(): void {
    unsubscribe(REQUEST_START_CHANNEL, this.#onRequest);
    this.#watched.clear();
  }

  readonly #onRequest = (message: unknown): void => {
    if (this.#watched.size === 0) return;
    const request = toRequest(message);
    const host = request?.getHeader('host');
    // A request to a proxy names the whole URL as its path: both forms resolve to the same.
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
  // Node's own word for a TLS handshake under way, missing from its types; `getProtocol` has a value before its end.
  if ('secureConnecting' in socket && socket.secureConnecting === true) socket.once('secureConnect', onOpen);
  else if (socket.connecting) socket.once('connect', onOpen);
  else onOpen();
}
