/** A request as the routes see it. */
export interface SampleRequest {
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  /** The segments of the path, decoded: `/data/connections/a%2Fb` is `['data', 'connections', 'a/b']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** Lower-case names; several values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The ID in the `X-Request-Id` header of the response. */
  readonly id: string;
}

/** A request and its outcome. */
export interface RecordedRequest extends Pick<
  SampleRequest,
  'method' | 'path' | 'query' | 'headers' | 'body'
> {
  /** 0 until the response is sent. */
  readonly status: number;
  /** True if the client disconnected before the response. */
  readonly cancelled: boolean;
  /** When the request arrived, in the service's own time. */
  readonly at: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A remote system that the sample service simulates. */
export interface Backend {
  /** @returns undefined if the path does not belong to this system. */
  handle(request: SampleRequest): Answer | undefined;
}

/** A JSON response. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
