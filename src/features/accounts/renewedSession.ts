import { isDeepStrictEqual } from 'node:util';
import { steadyClock, type Clock } from '../../core/base/clock';
import { HttpError } from '../../core/http/errors';
import type { GetActions } from '../../core/services/contract/action';
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
  const { actions, detailViews, logs, reports, runs } = first;
  const parts: Parts = {
    actions: actions && renewal.actions(actions),
    detailViews: detailViews && renewal.follow(detailViews, (now) => now.detailViews),
    logs: logs && {
      ...(logs.history && { history: renewal.follow(logs.history, (now) => now.logs?.history) }),
      ...(logs.batches && { batches: renewal.follow(logs.batches, (now) => now.logs?.batches) }),
    },
    reports: reports && renewal.follow(reports, (now) => now.reports),
    runs: runs && renewal.follow(runs, (now) => now.runs),
  };
  const dispose = (): void => {
    renewal.dispose();
  };
  return renewal.follow(first, (now) => now, { ...parts, dispose });
}

/** The members of a session that send requests through members of their own. All of them, so that none is forgotten. */
type Parts = {
  readonly [Key in keyof Session as IsPart<Key> extends true ? Key : never]-?: Session[Key] | undefined;
};

type IsPart<Key extends keyof Session> = Key extends 'actions'
  ? true
  : NonNullable<Session[Key]> extends boolean | ((...given: never[]) => unknown)
    ? false
    : true;

/** Members that stay as they are; undefined for those that are absent. */
type Own<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

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
  follow<T extends object>(first: T, of: (session: Session) => T | undefined, own: Own<T> = {}): T {
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

  /**
   * The actions of the latest session, also for those that were offered before. What they read is read again after a
   * renewal. A change is not sent again, but the next one has the new secrets.
   */
  actions(first: GetActions): GetActions {
    const offered: GetActions = (resource) => (this.#session.actions ?? first)(resource);
    return (resource) =>
      offered(resource).map((action) => {
        const { id, draft, preview, consent } = action;
        const latest = (): typeof action => offered(resource).find((each) => each.id === id) ?? action;
        return {
          ...action,
          ...(draft && {
            draft: (...given) => this.#readAgain(() => (latest().draft ?? draft)(...given), given),
          }),
          ...(preview && {
            preview: (...given) => this.#readAgain(() => (latest().preview ?? preview)(...given), given),
          }),
          ...(consent && {
            consent: (...given) => this.#readAgain(() => (latest().consent ?? consent)(...given), given),
          }),
          perform: (...given) => this.#change(() => latest().perform(...given), given),
        };
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
    return result instanceof Promise ? this.#orAgain(result, session, call, given) : result;
  }

  #readAgain<T>(call: () => Promise<T>, given: readonly unknown[]): Promise<T> {
    return this.#orAgain(call(), this.#session, call, given);
  }

  async #orAgain<T>(
    result: Promise<T>,
    session: Session,
    call: () => T | Promise<T>,
    given: readonly unknown[],
  ): Promise<T> {
    try {
      return await result;
    } catch (error) {
      if (await this.#renews(error, session, given)) return call();
      throw error;
    }
  }

  async #change<T>(call: () => Promise<T>, given: readonly unknown[]): Promise<T> {
    const session = this.#session;
    try {
      return await call();
    } catch (error) {
      await this.#renews(error, session, given);
      throw error;
    }
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
