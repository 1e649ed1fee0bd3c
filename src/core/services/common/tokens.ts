import * as l10n from '@vscode/l10n';
import type { HttpResponse, CallOptions } from '../../http/types';
import { HttpError } from '../../http/errors';
import { SingleFlight } from '../../base/singleFlight';
import { MAX_SILENCE_MS } from '../../http/pulse';
import { MAX_TOKEN_CHARS } from './signInFields';

/** Maximum bytes of a token response: tokens are sent in headers, which are shorter. */
export const MAX_TOKEN_RESPONSE_BYTES = 64 * 1024;

/** Provides the access token of requests. */
export interface TokenSource {
  /**
   * The current token.
   * @throws HttpError if there is none.
   */
  current(call: CallOptions): Promise<string>;
  /**
   * A new token instead of one that the service refused.
   * @throws HttpError if there is no other one.
   */
  replace(refused: string, refusal: HttpError, call: CallOptions): Promise<string>;
  /** Values that must not be shown or logged. */
  secrets(): readonly string[];
}

/** Number of tokens that are masked: the current one, and the previous one, which responses may still mention. */
const MAX_KNOWN_TOKENS = 2;

export interface Token {
  readonly text: string;
  /** When to renew it, in milliseconds since 1970; Infinity if only a refusal shows that it has expired. */
  readonly renewAt: number;
}

/** Creates tokens from a secret on demand. Concurrent requests share one token request. */
export class RenewableToken implements TokenSource {
  readonly #renewals = new SingleFlight<Token>();
  #token: Token | undefined;
  /** The latest tokens, newest first. */
  #known: readonly string[] = [];

  /** @param make requests a token from the service. */
  constructor(
    private readonly secret: string,
    private readonly make: (call: CallOptions) => Promise<Token>,
  ) {}

  async current(call: CallOptions): Promise<string> {
    const token = this.#token;
    return token && Date.now() < token.renewAt ? token.text : this.#renew(call);
  }

  async replace(refused: string, _refusal: HttpError, call: CallOptions): Promise<string> {
    // Other requests may have got the same refusal: one renewal serves them all.
    if (this.#token?.text === refused) this.#token = undefined;
    return this.current(call);
  }

  secrets(): readonly string[] {
    return [this.secret, ...this.#known];
  }

  async #renew(call: CallOptions): Promise<string> {
    const make = async (signal: AbortSignal): Promise<Token> => {
      const made = await this.make({ ...call, signal });
      this.#known = [...new Set([made.text, ...this.#known])].slice(0, MAX_KNOWN_TOKENS);
      checkLength(made.text);
      this.#token = made;
      return made;
    };
    // A user who asks again does not wait for a request that gets no response.
    const maxAge = call.priority === 'interactive' ? MAX_SILENCE_MS : Infinity;
    return (await this.#renewals.run('token', call.signal, make, maxAge)).text;
  }
}

/** @throws HttpError `protocol` for a token that is too long for a header. */
export function checkLength(token: string): void {
  if (token.length <= MAX_TOKEN_CHARS) return;
  throw new HttpError(
    'protocol',
    l10n.t('The token issued by the service is too long to be sent ({0} characters).', token.length),
  );
}

/** A token that the user pasted. When it expires, only the user can enter a new one. */
export class PastedToken implements TokenSource {
  /** @param ended the advice when the service refuses the token. */
  constructor(
    private readonly token: string,
    private readonly ended: () => { readonly message: string; readonly advice: string },
  ) {}

  current(): Promise<string> {
    return Promise.resolve(this.token);
  }

  replace(_refused: string, refusal: HttpError): Promise<string> {
    const { status, code, requestId } = refusal;
    const { message, advice } = this.ended();
    return Promise.reject(
      new HttpError('authentication', message, {
        ...(status !== undefined && { status }),
        ...(code !== undefined && { code }),
        ...(requestId !== undefined && { requestId }),
        advice,
        cause: refusal,
      }),
    );
  }

  secrets(): readonly string[] {
    return [this.token];
  }
}

/**
 * Sends a request with the account's token, and, if the service responds 401, again with a new token. A 401 means that
 * nothing was done, so writes can be repeated too.
 * @throws HttpError for every failure, and the signal's reason.
 */
export async function withToken(
  tokens: TokenSource,
  call: CallOptions,
  send: (token: string) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const token = await tokens.current(call);
  try {
    return await send(token);
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 401) throw error;
    return send(await tokens.replace(token, error, call));
  }
}
