/** The part of fetch that the client needs, as implemented by node-fetch. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** There is no `agent`, because VS Code only adds the user's proxy and certificates without one. */
interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
}

/** A response whose body is not read yet. */
export interface FetchResponse {
  readonly status: number;
  /** Pairs of lower-case name and value. */
  readonly headers: Iterable<readonly [string, string]>;
  /** The chunks of the body, decompressed. Who stops early closes the connection. Null without a body. */
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** node-fetch, loaded with the first request, because activation should not pay for it. */
export const nodeFetch: Fetch = async (url, init) => {
  const { fetch } = await import('./fetchFunction');
  // node-fetch destroys the body of a request that is aborted already, and then nothing handles the error of that
  // stream.
  init.signal.throwIfAborted();
  // Its types allow for strings, which a stream emits only if it was given an encoding.
  return fetch(url, init) as Promise<FetchResponse>;
};
