import { HttpError } from '../../http/errors';
import { ExpiringMap } from '../../base/expiringMap';

/**
 * How long a session keeps using an alternative, in milliseconds: long enough to avoid a second request each time, and
 * short enough that a temporary failure does no lasting harm.
 */
export const FALLBACK_LIFETIME_MS = 10 * 60_000;

/**
 * Two ways to request the same, of which a service may only support one. The other one is tried after a 404, or another
 * status that means "unsupported"; it is remembered for some time, but only if it succeeded.
 */
export class Fallback<Way> {
  readonly #kept: ExpiringMap<'other', true>;

  /**
   * @param ways the default, and the alternative. @param now milliseconds since 1970.
   * @param unknown the HTTP statuses that mean "unsupported".
   */
  constructor(
    private readonly ways: readonly [Way, Way],
    now: () => number = Date.now,
    private readonly unknown: readonly number[] = [404],
  ) {
    this.#kept = new ExpiringMap(FALLBACK_LIFETIME_MS, now);
  }

  /** @throws what the first way throws if neither is supported, otherwise what `send` throws. */
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

/** The result of `other` if `first` fails with 404. If both do, throws the first error. */
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
