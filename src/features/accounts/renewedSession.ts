import { isDeepStrictEqual } from 'node:util';
import { steadyClock, type Clock } from '../../core/base/clock';
import { HttpError } from '../../core/http/errors';
import type { Session } from '../../core/services/contract/service';
import type { Secrets } from '../../core/services/contract/signIn';

/** Minimum time (ms) between queries of sources for background requests, because each may ask the user. */
const MIN_PAUSE_MS = 300_000;

/** How a session is opened whose secrets come from sources. */
export interface RenewedOpening {
  /** Asks the sources. */
  readonly resolve: () => Promise<Secrets>;
  readonly connect: (secrets: Secrets) => Promise<Session>;
}

/** Opens a session that asks the sources of its secrets again when they are refused. */
export async function openRenewed({ resolve, connect }: RenewedOpening): Promise<Session> {
  let used = await resolve();
  const reopen = async (): Promise<Session | undefined> => {
    const latest = await resolve();
    if (isDeepStrictEqual(latest, used)) return undefined;
    used = latest;
    return connect(latest);
  };
  return renewedSession(await connect(used), { reopen, clock: steadyClock });
}

interface RenewedSessionContext {
  /** Asks the sources again. @returns undefined if they have the same secrets as before. */
  readonly reopen: () => Promise<Session | undefined>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * A session whose secrets come from sources. If the service refuses them, the sources are queried again, and reads are
 * repeated with the new secrets: a command may print tokens that last an hour. A change is not sent again.
 */
function renewedSession(first: Session, context: RenewedSessionContext): Session {
  const renewal = new Renewal(first, context);
  const own: Partial<Session> = {
    ...(first.runs && { runs: renewal.follow(first.runs, ({ runs }) => runs) }),
    ...(first.detailViews && { detailViews: renewal.follow(first.detailViews, (now) => now.detailViews) }),
    dispose: () => {
      renewal.dispose();
    },
  };
  return renewal.follow(first, (now) => now, own);
}

class Renewal {
  #session: Session;
  #previous: Session | undefined;
  #renewing: Promise<boolean> | undefined;
  #askedAt = -Infinity;
  #isDisposed = false;

  constructor(
    first: Session,
    private readonly context: RenewedSessionContext,
  ) {
    this.#session = first;
  }

  /**
   * A part of the session that is always that of the latest one. What it reads is read again after a renewal.
   * @param own members that stay as they are.
   */
  follow<T extends object>(first: T, of: (session: Session) => T | undefined, own: Partial<T> = {}): T {
    const member = (key: string | symbol): unknown => {
      const latest = of(this.#session) ?? first;
      const found: unknown = Reflect.get(latest, key);
      return typeof found === 'function' ? found.bind(latest) : found;
    };
    return new Proxy(first, {
      get: (_, key) => {
        if (key in own) return Reflect.get(own, key) as unknown;
        const found = member(key);
        if (typeof found !== 'function') return found;
        return (...given: readonly unknown[]) => this.#read(() => apply(member(key), given), given);
      },
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#previous?.dispose();
    this.#session.dispose();
  }

  #read(call: () => unknown, given: readonly unknown[]): unknown {
    const session = this.#session;
    const result = call();
    if (!(result instanceof Promise)) return result;
    return result.catch(async (error: unknown) => {
      if (await this.#renews(error, session, given)) return call();
      throw error;
    });
  }

  /** True if there is another session than the one that was refused. */
  async #renews(error: unknown, refused: Session, given: readonly unknown[]): Promise<boolean> {
    if (!(error instanceof HttpError) || error.kind !== 'authentication' || this.#isDisposed) return false;
    // Other requests may have been refused too: the sources are asked once for all of them.
    if (this.#session !== refused) return true;
    const now = this.context.clock.now();
    if (!this.#renewing && now - this.#askedAt < MIN_PAUSE_MS && !given.some(isInteractive)) return false;
    this.#renewing ??= this.#renew().finally(() => {
      this.#askedAt = this.context.clock.now();
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #renew(): Promise<boolean> {
    const opened = await this.context.reopen();
    if (!opened) return false;
    if (this.#isDisposed) {
      opened.dispose();
      return false;
    }
    // Requests of the session that was refused may still be on their way.
    this.#previous?.dispose();
    this.#previous = this.#session;
    this.#session = opened;
    return true;
  }
}

function apply(member: unknown, given: readonly unknown[]): unknown {
  return typeof member === 'function' ? Reflect.apply(member, undefined, given) : member;
}

/** True for the options of a call that a user waits for. */
function isInteractive(given: unknown): boolean {
  return (
    typeof given === 'object' && given !== null && 'priority' in given && given.priority === 'interactive'
  );
}
