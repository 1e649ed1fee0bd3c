/** A request as the routes see it. */
export interface SampleRequest {
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  /** The path's steps, decoded: `/data/connections/a%2Fb` is `['data', 'connections', 'a/b']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** Lower-case names; several values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The id that the answer carries in `X-Request-Id`. */
  readonly id: string;
}

/** What was asked and how it was answered. */
export interface RecordedRequest extends Pick<
  SampleRequest,
  'method' | 'path' | 'query' | 'headers' | 'body'
> {
  /** 0 as long as there is no answer. */
  readonly status: number;
  /** True where whoever asked went away before there was an answer. */
  readonly cancelled: boolean;
  /** When the request arrived, in the service's own time. */
  readonly at: number;
}

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One remote system that the sample service stands in for. */
export interface Backend {
  /** @returns undefined where the path is not one of this system's. */
  handle(request: SampleRequest): Answer | undefined;
}

/** An answer that carries a value as JSON. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
