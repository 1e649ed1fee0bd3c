import * as l10n from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import { expectError } from '../../core/base/errors';
import { whenAborted } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import type { SecretValues } from '../../core/redaction/redact';
import type { CallOptions } from '../../core/http/types';
import { isSafe } from '../../core/http/origin';
import type { AuthorizationRequest } from '../../core/services/contract/action';

/** How a redirect was received: awaited, too late, or not requested by this window. */
type CallbackResult = 'awaited' | 'late' | 'unknown';

interface Waiting {
  readonly resolve: (code: string) => void;
  readonly reject: (error: HttpError) => void;
}

/**
 * Authorizations that wait for their redirects. The state, which only this window knows, distinguishes them from
 * forged ones.
 */
export class PendingAuthorizations {
  readonly #waiting = new Map<string, Waiting>();
  readonly #over = new Set<string>();

  /** @param secrets masked in error descriptions of redirects. */
  constructor(private readonly secrets: SecretValues) {}

  /**
   * Waits for the code of the first redirect with that state.
   * @throws HttpError kind `rejected` if authorization was refused, and the signal's reason.
   */
  expect(state: string, signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#end(state);
        reject(signal.reason as Error);
      };
      whenAborted(signal, giveUp);
      this.#waiting.set(state, { resolve, reject });
      if (signal.aborted) giveUp();
    });
  }

  /** Handles the query of a redirect. */
  take(query: string): CallbackResult {
    const { state = '', code = '', error, error_description: description } = toParameters(query);
    const waiting = this.#waiting.get(state);
    if (!waiting) return this.#over.has(state) ? 'late' : 'unknown';
    this.#end(state);
    if (code !== '') waiting.resolve(code);
    else void refusal(this.secrets, error, description).then(waiting.reject);
    return 'awaited';
  }

  #end(state: string): void {
    this.#waiting.delete(state);
    this.#over.add(state);
  }
}

/**
 * The parameters of a query, which the desktop passes decoded and the web encoded. A plus is not a space,
 * because codes may contain one.
 */
function toParameters(query: string): Readonly<Record<string, string>> {
  const pairs = query.split('&').map((pair) => /^([^=]*)=?(.*)$/s.exec(pair));
  return Object.fromEntries(pairs.map((pair) => [decoded(pair?.[1]), decoded(pair?.[2])]));
}

function decoded(text = ''): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function refusal(secrets: SecretValues, error = '', description = ''): Promise<HttpError> {
  const { publicText } = await import('../../core/redaction/redact');
  const words = publicText(
    [description, error && `(${error})`].filter((word) => word !== '').join(' '),
    secrets,
  );
  if (error === 'access_denied')
    return new HttpError('rejected', `${l10n.t('Authorization was denied in the browser.')} ${words}`, {
      advice: l10n.t('Nothing was changed. Save the document to try again.'),
    });
  return new HttpError(
    'rejected',
    `${l10n.t('The application did not grant authorization.')} ${words}`.trim(),
    {
      advice: l10n.t(
        'Check the OAuth configuration of the service, such as the redirect URI and the scopes.',
      ),
    },
  );
}

/** The browser and its user. */
export interface Browser {
  /** The redirect URI, which leads back to this window. */
  wayBack(): Promise<string>;
  /** Asks whether to open a page of that host, on which the user authorizes the application. */
  mayOpen(application: string, host: string): Promise<boolean>;
  open(page: string): PromiseLike<unknown>;
  /** Shows progress until the work is done or the user cancels it. */
  whileWaiting<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** How long to wait for the redirect, in milliseconds. */
const AUTHORIZATION_TIMEOUT_MS = 10 * 60_000;

/**
 * Lets the user authorize a request in the browser.
 * @returns false if the user declined, or canceled while waiting.
 * @throws HttpError if authorization was refused, timed out, or is unusable.
 */
export async function authorize(
  consent: AuthorizationRequest,
  browser: Browser,
  callbacks: PendingAuthorizations,
  call: CallOptions,
  longest = AUTHORIZATION_TIMEOUT_MS,
): Promise<boolean> {
  const redirectUri = await browser.wayBack();
  const state = randomBytes(32).toString('base64url');
  const page = checkedPage(await consent.authorizationUrl({ redirectUri, state }, call));
  if (!(await browser.mayOpen(consent.application, page.host))) return false;
  const code = await browser.whileWaiting(async (cancelled) => {
    const late = AbortSignal.timeout(longest);
    try {
      const signal = AbortSignal.any([cancelled, late]);
      const [answer] = await Promise.all([callbacks.expect(state, signal), browser.open(page.href)]);
      return answer;
    } catch (error) {
      if (cancelled.aborted) return undefined;
      throw late.aborted ? tooLate(longest) : error;
    }
  });
  if (code === undefined) return false;
  await redeem(consent, code, redirectUri, call);
  return true;
}

/** Only pages that no other program can serve may be opened: https, or one of this machine. */
function checkedPage(address: string): URL {
  const page = URL.canParse(address) ? new URL(address) : undefined;
  if (page && isSafe(page) && page.username === '' && page.password === '') return page;
  throw new HttpError('protocol', l10n.t('The authorization page does not have an https address.'), {
    advice: l10n.t('Nothing was opened. Check the OAuth configuration of the service.'),
  });
}

async function redeem(
  consent: AuthorizationRequest,
  code: string,
  redirectUri: string,
  call: CallOptions,
): Promise<void> {
  try {
    await consent.exchangeCode(code, redirectUri, call);
  } catch (error) {
    const refusal = expectError(error, HttpError);
    throw refusal.withAdvice(
      `${refusal.advice} ${l10n.t('Access was authorized, but the authorization was not used. Save the document to try again.')}`,
    );
  }
}

function tooLate(longest: number): HttpError {
  const minutes = Math.round(longest / 60_000);
  return new HttpError('timeout', l10n.t('Authorization was not completed within {0} minutes.', minutes), {
    advice: l10n.t('Nothing was changed. Save the document to try again.'),
  });
}
