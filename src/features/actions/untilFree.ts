import * as l10n from '@vscode/l10n';
import { sleep } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import type { Action } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';

/** An action and the current state of its resource. */
export interface Offer {
  readonly resource: Resource;
  readonly action: Action;
}

/** How to observe the state of a resource. */
export interface OfferSource {
  /**
   * The action as it is offered now, according to the store; undefined if the resource or action no longer
   * exists.
   */
  readonly offer: () => Promise<Offer | undefined>;
  /** Refreshes the resource. @throws HttpError */
  readonly refresh: (signal: AbortSignal) => Promise<unknown>;
}

/** Delays in milliseconds. */
export interface Pauses {
  /** Before the first check; each pause is 1.5 times the previous one, up to `longest`. */
  readonly shortest: number;
  readonly longest: number;
  /** The sum of all pauses. */
  readonly atMost: number;
}

const PAUSES_MS: Pauses = { shortest: 1000, longest: 10_000, atMost: 5 * 60_000 };

/**
 * Waits until an action has no obstacle any more.
 * @returns undefined if the resource or action no longer exists.
 * @throws HttpError kind `timeout` if it takes too long, what refreshing throws, and the signal's reason.
 */
export async function untilFree(
  { offer, refresh }: OfferSource,
  signal: AbortSignal,
  { shortest, longest, atMost }: Pauses = PAUSES_MS,
): Promise<Offer | undefined> {
  let waited = 0;
  for (let pause = shortest; ; pause = Math.min(longest, pause * 1.5)) {
    const now = await offer();
    if (!now?.action.obstacle) return now;
    if (waited >= atMost) throw tooLong(now, atMost);
    await sleep(pause, signal);
    waited += pause;
    await refresh(signal);
  }
}

function tooLong({ resource, action }: Offer, atMost: number): HttpError {
  const minutes = Math.round(atMost / 60_000);
  const name = plainText(resource.label);
  const message = l10n.t('"{0}" was not ready after {1} minutes.', name, minutes);
  const reason = action.obstacle?.reason;
  return new HttpError('timeout', message, reason === undefined ? {} : { advice: reason });
}
