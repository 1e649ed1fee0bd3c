import { HttpError } from '../../http/errors';
import { ExpiringMap } from '../../base/expiringMap';

/**
 * How long a session keeps to what served in place of the usual, in milliseconds: long enough to ask once where two
 * requests would be needed each time, and short enough that a failure that has passed does no lasting harm.
 */
export const FALLBACK_LIFETIME_MS = 10 * 60_000;

/**
 * Two ways to ask a service for the same, of which it may know the one alone. The other way is taken where the first is
 * answered 404, or another status that says so; it is kept to only once it has answered, and for a while.
 */
export class Fallback<Way> {
  readonly #kept: ExpiringMap<'other', true>;

  /**
   * @param ways the usual one, and the other one. @param now milliseconds since 1970.
   * @param unknown the HTTP statuses by which the service says that it does not know a way.
   */
  constructor(
    private readonly ways: readonly [Way, Way],
    now: () => number = Date.now,
    private readonly unknown: readonly number[] = [404],
  ) {
    this.#kept = new ExpiringMap(FALLBACK_LIFETIME_MS, now);
  }

  /** @throws what the first way that is tried throws where neither is known, else what `send` throws. */
  async ask<T>(send: (way: Way) => Promise<T>): Promise<T> {
    const [usual, other] = this.ways;
    const kept = this.#kept.get('other') === true;
    const [first, second] = kept ? [other, usual] : [usual, other];
    return orWhere(
      this.unknown,
      () => send(first),
      async () => {
        const answer = await send(second);
        if (kept) this.#kept.delete('other');
        else this.#kept.set('other', true);
        return answer;
      },
    );
  }
}

/** The outcome of `other` where `first` is answered 404; where that is answered 404 too, the first failure counts. */
export async function orOn404<T>(first: () => Promise<T>, other: () => Promise<T>): Promise<T> {
  return orWhere([404], first, other);
}

async function orWhere<T>(
  statuses: readonly number[],
  first: () => Promise<T>,
  other: () => Promise<T>,
): Promise<T> {
  const isOne = (error: unknown): boolean =>
    error instanceof HttpError && statuses.includes(error.status ?? 0);
  try {
    return await first();
  } catch (error) {
    if (!isOne(error)) throw error;
    return other().catch((second: unknown) => {
      throw isOne(second) ? error : second;
    });
  }
}
