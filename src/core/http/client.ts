import { abortError } from '../base/abort';
import { Subscribers } from './subscribers';
import { Budget, overBudget } from './budget';
import { ConnectTimeoutMonitor } from './connectTimeout';
import { DEFAULT_DEPENDENCIES, type HttpClientDependencies } from './dependencies';
import { HttpError } from './errors';
import { sendOnce, type ReceivedResponse } from './attempt';
import { SingleFlight } from '../base/singleFlight';
import { KnownSecrets } from '../redaction/knownSecrets';
import { RateLimiter } from './rateLimiter';
import { checkedUrl } from './origin';
import { isAnswerLost } from './networkError';
import { publicText } from '../redaction/redact';
import { logEntry } from './requestLog';
import { checkConfirmation } from './confirmation';
import { retryDelay } from './retry';
import { statusError } from './statusError';
import type {
  CallOptions,
  ClientOptions,
  HttpClient,
  HttpClientFactory,
  HttpRequest,
  HttpResponse,
  Wait,
} from './types';

/** The factory of HTTP clients with shared dependencies. */
export function httpClientFactory(environment: HttpClientDependencies): HttpClientFactory {
  return (options) => createHttpClient(options, environment);
}

/** Creates the client of an account. */
export function createHttpClient(options: ClientOptions, environment: HttpClientDependencies): HttpClient {
  return new Client(options, environment);
}

/** State shared by all attempts of one request. */
interface Delivery {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly subscribers: Subscribers;
  readonly signal: AbortSignal;
}

/** Parsing shorter texts takes negligible time. */
const LONG_TEXT_CHARS = 100_000;

class Client implements HttpClient {
  readonly #environment: Required<Omit<HttpClientDependencies, 'secrets'>>;
  readonly #secrets: KnownSecrets;
  readonly #retireSecrets: () => void;
  readonly #limiter: RateLimiter;
  readonly #inFlight = new SingleFlight<HttpResponse>();
  readonly #subscribers = new Map<string, Subscribers>();
  readonly #connects = new ConnectTimeoutMonitor();
  #disposed = false;
  #sent = 0;

  constructor(
    private readonly options: ClientOptions,
    environment: HttpClientDependencies,
  ) {
    this.#environment = { ...DEFAULT_DEPENDENCIES, ...environment };
    this.#secrets = environment.secrets ?? new KnownSecrets();
    this.#retireSecrets = this.#secrets.add(options.secrets);
    this.#limiter = new RateLimiter(options.rateLimit, this.#environment.clock);
  }

  async send(request: HttpRequest, options: CallOptions = {}): Promise<HttpResponse> {
    if (this.#disposed) throw abortError();
    const url = checkedUrl(request.origin + request.path, this.options.origins);
    const { budget = new Budget(this.#environment.answerMemory) } = options;
    const call = { ...options, budget };
    this.#sent += 1;
    const key = request.method === 'GET' ? sameness(request, url) : `#${this.#sent}`;
    const subscribers = this.#subscribersFor(key, call);
    const { id } = subscribers;
    const leave = subscribers.add(call);
    if (call.priority === 'interactive') this.#limiter.promote(id);
    try {
      const response = await this.#inFlight.run(id, call.signal, (signal) =>
        this.#deliver({ request, url, subscribers, signal }),
      );
      // Other subscribers of the same response may have had larger budgets.
      if (budget.isExceeded) throw overBudget(url.host);
      // Parsing a long text takes a turn of its own, because responses may arrive together.
      if (response.text.length > LONG_TEXT_CHARS) await call.turns?.next();
      return response;
    } finally {
      leave();
      if (subscribers.empty && this.#subscribers.get(key) === subscribers) this.#subscribers.delete(key);
    }
  }

  /** The subscribers of the request in flight, or new ones if it has to be sent again. */
  #subscribersFor(key: string, { priority, notBefore = 0 }: CallOptions): Subscribers {
    const known = this.#subscribers.get(key);
    const isGivenUp = known?.isSilent === true && priority === 'interactive';
    if (known && !isGivenUp && !known.wasSentBefore(notBefore)) return known;
    const subscribers = new Subscribers(`${this.#sent} ${key}`);
    this.#subscribers.set(key, subscribers);
    return subscribers;
  }

  dispose(): void {
    this.#disposed = true;
    this.#inFlight.abortAll();
    this.#connects.dispose();
    this.#retireSecrets();
  }

  /**
   * Attempts the request until it succeeds or its failure is final. A delay between attempts does not occupy a slot.
   */
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

  /** Waits before another attempt. If the rate limit was reached, all other requests wait too. */
  async #pause(error: unknown, wait: Omit<Wait, 'reason'>, { subscribers, signal }: Delivery): Promise<void> {
    const limited = error instanceof HttpError && error.kind === 'rateLimit';
    const release = limited ? this.#limiter.pause(wait.delay) : undefined;
    subscribers.notifyWait({ reason: limited ? 'rateLimited' : 'retry', ...wait });
    try {
      await this.#environment.sleep(wait.delay, signal);
    } finally {
      release?.();
    }
  }

  /** Requests that are not rate limited are sent at once: queued requests may need them, such as a token. */
  async #attemptInTurn(delivery: Delivery, attempt: number): Promise<HttpResponse> {
    const { request, subscribers, signal } = delivery;
    if (request.rateLimited === false) return this.#attempt(delivery, attempt);
    const onWait = (delay: number): void => {
      subscribers.notifyWait({ reason: 'limit', delay, attempt });
    };
    return this.#limiter.run({ id: subscribers.id, priority: subscribers.priority, signal, onWait }, () =>
      this.#attempt(delivery, attempt),
    );
  }

  async #attempt({ request, url, subscribers, signal }: Delivery, attempt: number): Promise<HttpResponse> {
    const { now, log } = this.#environment;
    const begun = now();
    const secrets = this.#secrets;
    const outcome: { response?: ReceivedResponse; error?: unknown } = {};
    try {
      if (!subscribers.isWithinBudget) throw overBudget(url.host);
      subscribers.markSent();
      outcome.response = await sendOnce(request, url, {
        ...this.#environment,
        secrets,
        signal,
        connects: this.#connects,
        charge: subscribers.charge,
        ...(subscribers.wantsParts && { onPart: subscribers.notifyPart }),
      });
      if (isSuccess(outcome.response)) {
        if (!isRepeatable(request)) checkConfirmation(outcome.response);
        return outcome.response;
      }
      throw statusError(outcome.response, { ...this.options, url, now: now(), secrets });
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
      idempotent: isRepeatable(request),
      interval: this.options.rateLimit?.interval ?? 0,
      random: this.#environment.random,
    });
  }
}

function isRepeatable({ idempotent, method }: HttpRequest): boolean {
  return idempotent ?? method === 'GET';
}

/** Adds to the error of a write whether it may have succeeded. */
function finalError(error: unknown, request: HttpRequest): unknown {
  const isOpen = error instanceof HttpError && !isRepeatable(request) && isAnswerLost(error);
  return isOpen ? error.withUnknownOutcome() : error;
}

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

/** Equal for requests that can share a response. Kept in memory only, because headers contain credentials. */
function sameness({ headers = {}, body, rateLimited }: HttpRequest, url: URL): string {
  const sorted = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value])
    .sort();
  return JSON.stringify([url.href, sorted, body, rateLimited]);
}
