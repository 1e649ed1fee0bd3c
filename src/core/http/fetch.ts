/** The part of fetch that the client needs. node-fetch's fetch is one. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** How a request is sent. There is no `agent`: VS Code brings the user's proxy and certificates only without one. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
  /** Most bytes of a body, decompressed. A larger one fails with an error of `type` `max-size`. */
  readonly size: number;
}

/** An answer whose body is still to be read. */
export interface FetchResponse {
  readonly status: number;
  /** Names and values, names in lower case. */
  readonly headers: Iterable<readonly [string, string]>;
  /** Tells each piece of the body, decompressed, as it is read; null where there is no body. */
  readonly body: {
    on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
    off(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  } | null;
  text(): Promise<string>;
}

/** node-fetch, loaded when the first request is sent, so that activation does not pay for it. */
export const nodeFetch: Fetch = async (url, init) => {
  const { fetch } = await import('./fetchFunction');
  // node-fetch destroys the body of a request that is aborted by now, and nobody listens to the error of that stream.
  init.signal.throwIfAborted();
  return fetch(url, init);
};
