import * as l10n from '@vscode/l10n';
import type { HttpResponse, CallOptions } from '../../http/types';
import { HttpError } from '../../http/errors';
import { SingleFlight } from '../../base/singleFlight';
import { MAX_SILENCE_MS } from '../../http/pulse';

/** Most bytes of an answer that brings a token: tokens travel in headers, which are shorter. */
export const LARGEST_TOKEN_ANSWER = 64 * 1024;

/** Gives the access token that requests carry. */
export interface TokenSource {
  /**
   * A token that is good for now.
   * @throws HttpError where none can be had.
   */
  current(call: CallOptions): Promise<string>;
  /**
   * A token in place of one that the service refused.
   * @throws HttpError where there is no way to another one.
   */
  replace(refused: string, refusal: HttpError, call: CallOptions): Promise<string>;
  /** Values that must not be seen anywhere. */
  secrets(): readonly string[];
}

/** Longer tokens fit into no header that a server takes, in characters. */
export const MAX_TOKEN_CHARS = 16_384;

/** So many tokens are masked: the one in use, and the one before, of which an answer may still speak. */
const MAX_KNOWN_TOKENS = 2;

/** A token that a service gave. */
export interface Token {
  readonly text: string;
  /** Milliseconds since 1970 from which on another one is made; Infinity where only a refusal tells. */
  readonly renewAt: number;
}

/** Makes tokens from a secret when they are needed. However many requests need a token at once, one is made. */
export class RenewableToken implements TokenSource {
  readonly #renewals = new SingleFlight<Token>();
  #token: Token | undefined;
  /** The last tokens, the newest first. */
  #known: readonly string[] = [];

  /** @param make asks the service for a token. */
  constructor(
    private readonly secret: string,
    private readonly make: (call: CallOptions) => Promise<Token>,
  ) {}

  async current(call: CallOptions): Promise<string> {
    const token = this.#token;
    return token && Date.now() < token.renewAt ? token.text : this.#renew(call);
  }

  async replace(refused: string, _refusal: HttpError, call: CallOptions): Promise<string> {
    // Others may have met the same refusal: the first one's renewal serves them all.
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
    // A person who asks again does not wait for a request that is not answered.
    const maxAge = call.priority === 'interactive' ? MAX_SILENCE_MS : Infinity;
    return (await this.#renewals.run('token', call.signal, make, maxAge)).text;
  }
}

/** @throws HttpError `protocol` for a token that no request could carry. */
export function checkLength(token: string): void {
  if (token.length <= MAX_TOKEN_CHARS) return;
  throw new HttpError(
    'protocol',
    l10n.t('The token issued by the service is too long to be sent ({0} characters).', token.length),
  );
}

/** A token that the user pasted. When it ends, only the user can bring another one. */
export class PastedToken implements TokenSource {
  /** @param ended what to tell the user when the service refuses the token. */
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
 * Sends a request with the account's token, and once more with another token where the service answers 401:
 * then it has done nothing, so that a write may be sent again too.
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
