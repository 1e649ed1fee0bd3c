import { abortError } from './abort';
import { Audience } from './audience';
import { Budget, overBudget } from './budget';
import { ConnectWatch } from './connectTimeout';
import { environmentDefaults, type ClientEnvironment } from './environment';
import { HttpError, type HttpErrorKind } from './errors';
import { exchange } from './exchange';
import { InFlight } from './inFlight';
import { KnownSecrets } from './knownSecrets';
import { Limiter } from './limiter';
import { checkedUrl } from './origin';
import { isAnswerLost } from './outcome';
import { publicText } from './redact';
import type { RequestPath } from './requestPath';
import { logEntry } from './requestLog';
import { retryDelay } from './retry';
import { statusError } from './statusError';
import type { Turns } from './turns';

/** What a caller hands down with every request. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** `interactive` (a person waits for it) goes ahead of `background`. Default: `background`. */
  readonly priority?: Priority;
  /**
   * The answer to a request that went out before this moment, of `performance.now()`, is not wanted: it may be out of date.
   * Absent: any that is under way will do.
   */
  readonly notBefore?: number | undefined;
  /** Called when the request has to wait, before it does: for the rate limit, or before another attempt. */
  readonly onWait?: (wait: Wait) => void;
  /**
   * Called with the beginning of a long body (100,000 characters or a little more) of a 2xx answer while the rest is
   * still read: to show something of it. It may come again after a retry; what `send` gives is all that counts.
   */
  readonly onBeginning?: (text: string) => void;
  /** Called when a request goes out, and with each part of an answer: the work goes on. */
  readonly onProgress?: () => void;
  /** Work on long answers is done in these, see `inSlices`. Absent: all at once. */
  readonly turns?: Turns;
  /** What the answers may take in memory, together with those to other calls with the same budget. Default: see `ClientEnvironment`. */
  readonly budget?: Budget;
}

export type Priority = 'interactive' | 'background';

/** A pause before a request goes out. */
export interface Wait {
  readonly reason: 'limit' | 'rateLimited' | 'retry';
  /** Milliseconds from now, an estimate where others are waiting too. */
  readonly delay: number;
  /** The attempt that follows the pause; the first is 1. */
  readonly attempt: number;
}

/** One request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** One of `ClientOptions.origins`. */
  readonly origin: string;
  readonly path: RequestPath;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True where sending it twice does no harm. Default: true for GET alone. */
  readonly repeatable?: boolean;
  /** False for requests that the service's rate limit does not count, such as those to a token endpoint. Default: true. */
  readonly limited?: boolean;
  /** Most bytes of a successful answer, for those that are known to be short. Default: see `ClientEnvironment`. */
  readonly largestBody?: number;
}

/** A successful (2xx) answer, read whole. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly requestId?: string;
  /** Makes a text out of this answer fit to be shown and logged (`publicText`). Absent: none of it may be. */
  readonly quote?: (text: string) => string;
}

/** What a service reads out of an unsuccessful answer. All parts are optional: the client fills in what follows from the status. */
export interface ErrorReading {
  readonly kind?: HttpErrorKind;
  readonly code?: string;
  /** The service's own words. */
  readonly message?: string;
  readonly advice?: string;
  /** As of HttpErrorDetails. */
  readonly blamesAccount?: boolean;
  readonly requestId?: string;
}

/** The limits a service sets for one account. */
export interface RateLimit {
  /** At most so many requests ... */
  readonly requests: number;
  /** ... begin within any span of so many milliseconds. */
  readonly interval: number;
}

/** How one account talks to its service. */
export interface ClientOptions {
  /** The only origins that requests go to (`https://cja.adobe.io`). Https, or a loopback host. */
  readonly origins: readonly string[];
  readonly rateLimit?: RateLimit;
  /** Values that must never be seen in logs or errors, this account's or another's. Asked for at each use, for tokens change. */
  readonly secrets: () => readonly string[];
  /** Reads the service's error bodies. Called with any body: HTML, empty, cut off. Must not throw. */
  readonly readError?: (response: HttpResponse) => ErrorReading;
}

/**
 * Sends requests for one account. Equal GETs under way at the same time are sent once, unless nothing was heard of the
 * one under way for some time and a person waits, who may know that the service is back, or that one went out too early.
 */
export interface HttpClient {
  /**
   * @throws HttpError for every failure, and the signal's reason when the caller cancels.
   */
  send(request: HttpRequest, call?: CallOptions): Promise<HttpResponse>;
  /** Cancels what is under way. */
  dispose(): void;
}

/** Makes the client of an account; the extension supplies fetch and the log. */
export type HttpClientFactory = (options: ClientOptions) => HttpClient;

/** The factory that makes every account's client in the same surroundings. */
export function httpClientFactory(environment: ClientEnvironment): HttpClientFactory {
  return (options) => createHttpClient(options, environment);
}

/** Makes the client of an account. */
export function createHttpClient(options: ClientOptions, environment: ClientEnvironment): HttpClient {
  return new Client(options, environment);
}

/** A request on its way, with what all its attempts share. */
interface Delivery {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly audience: Audience;
  readonly signal: AbortSignal;
}

/** Texts up to this length take no time to speak of. */
const LONG_TEXT_CHARS = 100_000;

class Client implements HttpClient {
  readonly #options: ClientOptions;
  readonly #environment: Required<Omit<ClientEnvironment, 'secrets'>>;
  readonly #secrets: KnownSecrets;
  readonly #retireSecrets: () => void;
  readonly #limiter: Limiter;
  readonly #inFlight = new InFlight<HttpResponse>();
  readonly #audiences = new Map<string, Audience>();
  readonly #connects = new ConnectWatch();
  #disposed = false;
  #sent = 0;

  constructor(options: ClientOptions, environment: ClientEnvironment) {
    this.#options = options;
    this.#environment = { ...environmentDefaults, ...environment };
    this.#secrets = environment.secrets ?? new KnownSecrets();
    this.#retireSecrets = this.#secrets.add(options.secrets);
    this.#limiter = new Limiter(options.rateLimit, this.#environment.clock);
  }

  async send(request: HttpRequest, options: CallOptions = {}): Promise<HttpResponse> {
    if (this.#disposed) throw abortError();
    const url = checkedUrl(request.origin + request.path, this.#options.origins);
    const { budget = new Budget(this.#environment.answerMemory) } = options;
    const call = { ...options, budget };
    this.#sent += 1;
    const key = request.method === 'GET' ? sameness(request, url) : `#${this.#sent}`;
    const audience = this.#audienceFor(key, call);
    const { id } = audience;
    const leave = audience.join(call);
    if (call.priority === 'interactive') this.#limiter.raise(id);
    try {
      const response = await this.#inFlight.run(id, call.signal, (signal) =>
        this.#deliver({ request, url, audience, signal }),
      );
      // Others who wait for the same answer may have had more left.
      if (budget.isExceeded) throw overBudget(url.host);
      // To parse a long text takes a turn of its own: its end may have come together with that of others.
      if (response.text.length > LONG_TEXT_CHARS) await call.turns?.next();
      return response;
    } finally {
      leave();
      if (audience.empty && this.#audiences.get(key) === audience) this.#audiences.delete(key);
    }
  }

  /** Who waits for the request already, or nobody where it is to be sent anew. */
  #audienceFor(key: string, { priority, notBefore = 0 }: CallOptions): Audience {
    const known = this.#audiences.get(key);
    const isGivenUp = known?.isSilent === true && priority === 'interactive';
    if (known && !isGivenUp && !known.wentOutBefore(notBefore)) return known;
    const audience = new Audience(`${this.#sent} ${key}`);
    this.#audiences.set(key, audience);
    return audience;
  }

  dispose(): void {
    this.#disposed = true;
    this.#inFlight.abortAll();
    this.#connects.dispose();
    this.#retireSecrets();
  }

  /** Attempts the request until it succeeds or its failure is final. A wait between attempts holds no place. */
  async #deliver(delivery: Delivery): Promise<HttpResponse> {
    const { request } = delivery;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attemptInTurn(delivery, attempt);
      } catch (error) {
        const delay = this.#delayAfter(error, request, attempt);
        if (delay === undefined) throw finalError(error, request);
        await this.#pause(error, { delay, attempt: attempt + 1 }, delivery);
      }
    }
  }

  /** Waits before another attempt. What the rate limit refused makes all other requests wait too. */
  async #pause(error: unknown, wait: Omit<Wait, 'reason'>, { audience, signal }: Delivery): Promise<void> {
    const limited = error instanceof HttpError && error.kind === 'rateLimit';
    const release = limited ? this.#limiter.hold(wait.delay) : undefined;
    audience.tell({ reason: limited ? 'rateLimited' : 'retry', ...wait });
    try {
      await this.#environment.sleep(wait.delay, signal);
    } finally {
      release?.();
    }
  }

  /** Requests that the rate limit does not count go at once: what waits in the queue may need them, such as a token. */
  async #attemptInTurn(delivery: Delivery, attempt: number): Promise<HttpResponse> {
    const { request, audience, signal } = delivery;
    if (request.limited === false) return this.#attempt(delivery, attempt);
    const onWait = (delay: number): void => {
      audience.tell({ reason: 'limit', delay, attempt });
    };
    return this.#limiter.run({ id: audience.id, priority: audience.priority, signal, onWait }, () =>
      this.#attempt(delivery, attempt),
    );
  }

  async #attempt({ request, url, audience, signal }: Delivery, attempt: number): Promise<HttpResponse> {
    const { now, log } = this.#environment;
    const begun = now();
    const secrets = this.#secrets;
    const outcome: { response?: HttpResponse; error?: unknown } = {};
    try {
      if (!audience.affords) throw overBudget(url.host);
      audience.goOut();
      outcome.response = await exchange(request, url, {
        ...this.#environment,
        secrets,
        signal,
        connects: this.#connects,
        charge: audience.charge,
        ...(audience.listens && { onBeginning: audience.begin }),
      });
      if (isSuccess(outcome.response)) return outcome.response;
      throw statusError(outcome.response, { ...this.#options, url, now: now(), secrets });
    } catch (error) {
      outcome.error = error;
      throw error;
    } finally {
      const path = publicText(url.pathname + url.search, secrets, 500);
      log(logEntry({ method: request.method, path, attempt, duration: now() - begun }, outcome));
    }
  }

  #delayAfter(error: unknown, request: HttpRequest, attempt: number): number | undefined {
    if (!(error instanceof HttpError)) return undefined;
    return retryDelay({
      error,
      attempt,
      repeatable: isRepeatable(request),
      interval: this.#options.rateLimit?.interval ?? 0,
      random: this.#environment.random,
    });
  }
}

function isRepeatable({ repeatable, method }: HttpRequest): boolean {
  return repeatable ?? method === 'GET';
}

/** Says of a request that changes something whether it may have done so. */
function finalError(error: unknown, request: HttpRequest): unknown {
  const isOpen = error instanceof HttpError && !isRepeatable(request) && isAnswerLost(error);
  return isOpen ? error.leavingOpen() : error;
}

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

/** Equal for requests that one answer serves. Held in memory only, for headers carry credentials. */
function sameness({ headers = {}, body, limited }: HttpRequest, url: URL): string {
  const sorted = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value])
    .sort();
  return JSON.stringify([url.href, sorted, body, limited]);
}
