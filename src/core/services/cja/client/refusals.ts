import { HttpError } from '../../../http/errors';
import { ExpiringMap } from '../../../base/expiringMap';
import { FALLBACK_LIFETIME_MS } from '../../common/fallback';
import { namedIn, withoutUndocumented } from './expansions';

/** Maximum number of times that a request is repeated with fewer expansions: a service may name one at a time. */
const MAX_REDUCTIONS = 5;

/**
 * Remembers the expansions that the service rejects, by operation. Those that a rejection names are left out for some
 * time, once a request without them has succeeded. If it names none, those that only newer documentation mentions are
 * left out of that one request, because the rejection may have had another reason.
 */
export class Refusals {
  readonly #refused: ExpiringMap<string, true>;

  /** @param now milliseconds since 1970. */
  constructor(now: () => number) {
    this.#refused = new ExpiringMap(FALLBACK_LIFETIME_MS, now);
  }

  /**
   * Sends a request with as many of the expansions as the service accepts.
   * @throws what `send` throws; the first rejection if fewer expansions do not help.
   */
  async ask<T>(
    operation: string,
    wanted: readonly string[],
    send: (expansion: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const known = wanted.filter((name) => this.#refused.get(`${operation} ${name}`) !== true);
    try {
      return await send(known);
    } catch (refusal) {
      return this.#askForFewer(operation, known, refusal, send);
    }
  }

  async #askForFewer<T>(
    operation: string,
    wanted: readonly string[],
    refusal: unknown,
    send: (expansion: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const named = new Set<string>();
    let expansion = wanted;
    let latest = refusal;
    for (let reductions = 0; reductions < MAX_REDUCTIONS; reductions += 1) {
      if (!(latest instanceof HttpError) || latest.status !== 400) break;
      const refused = namedIn(expansion, latest.message);
      const fewer =
        refused.length > 0
          ? expansion.filter((name) => !refused.includes(name))
          : withoutUndocumented(expansion);
      if (fewer.length === expansion.length) break;
      for (const name of refused) named.add(name);
      expansion = fewer;
      try {
        const answer = await send(expansion);
        for (const name of named) this.#refused.set(`${operation} ${name}`, true);
        return answer;
      } catch (error) {
        latest = error;
      }
    }
    throw latest instanceof HttpError && latest.status === 400 ? refusal : latest;
  }
}
