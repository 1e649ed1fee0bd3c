import * as l10n from '@vscode/l10n';
import { sleep } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import type { Action } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';

/** An action, and the resource as it is now. */
export interface Offer {
  readonly resource: Resource;
  readonly action: Action;
}

/** How the state of a resource is followed. */
export interface Look {
  /** The action as it is offered now, from what is known; undefined where resource or action are gone. */
  readonly offer: () => Promise<Offer | undefined>;
  /** Reads the resource again. @throws HttpError */
  readonly refresh: (signal: AbortSignal) => Promise<unknown>;
}

/** Milliseconds. */
export interface Patience {
  /** Before the first look; each pause is half as long again, up to `longest`. */
  readonly shortest: number;
  readonly longest: number;
  /** Pauses in all. */
  readonly atMost: number;
}

const PATIENCE: Patience = { shortest: 1000, longest: 10_000, atMost: 5 * 60_000 };

/**
 * Waits until nothing is in the way of an action any more.
 * @returns undefined where the resource or the action is gone.
 * @throws HttpError kind `timeout` where it takes too long, what reading throws, and the signal's reason.
 */
export async function untilFree(
  { offer, refresh }: Look,
  signal: AbortSignal,
  { shortest, longest, atMost }: Patience = PATIENCE,
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
