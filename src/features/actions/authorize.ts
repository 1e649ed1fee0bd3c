import * as l10n from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import type { CallOptions } from '../../core/http/types';
import { HttpError } from '../../core/http/errors';
import { isSafe } from '../../core/http/origin';
import type { AuthorizationRequest } from '../../core/services/contract/action';
import type { PendingAuthorizations } from './pendingAuthorizations';

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
    if (!(error instanceof HttpError)) throw error;
    throw error.withAdvice(
      `${error.advice} ${l10n.t('Access was authorized, but the authorization was not used. Save the document to try again.')}`,
    );
  }
}

function tooLate(longest: number): HttpError {
  const minutes = Math.round(longest / 60_000);
  return new HttpError('timeout', l10n.t('Authorization was not completed within {0} minutes.', minutes), {
    advice: l10n.t('Nothing was changed. Save the document to try again.'),
  });
}
