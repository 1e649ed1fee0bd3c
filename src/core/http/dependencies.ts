import { sleep } from '../base/abort';
import { defaultAnswerMemory } from './budget';
import { steadyClock, type Clock } from '../base/clock';
import type { Timeouts } from './attempt';
import { nodeFetch, type Fetch } from './fetch';
import type { KnownSecrets } from '../redaction/knownSecrets';
import type { RequestLogEntry } from './requestLog';

/** Dependencies shared by all HTTP clients. All but the log have defaults, which tests replace. */
export interface HttpClientDependencies {
  /** Called after every attempt. */
  readonly log: (entry: RequestLogEntry) => void;
  /** The secrets of all clients: each adds its own, and masks all. Default: only those of the client. */
  readonly secrets?: KnownSecrets;
  /** Default: node-fetch. */
  readonly fetch?: Fetch;
  /** Default: 10 s to connect, 90 s in all. */
  readonly timeouts?: Timeouts;
  /** Maximum bytes of a response body, decompressed. Default: 64 MiB. */
  readonly maxResponseBytes?: number;
  /** Maximum bytes of memory for a response if its call has no budget. Default: an eighth of the heap. */
  readonly answerMemory?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** The clock of the rate limiter. Default: a monotonic one. */
  readonly clock?: Clock;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
  /** Waits between attempts. @throws the signal's reason when it is aborted. */
  readonly sleep?: (duration: number, signal: AbortSignal) => Promise<void>;
}

export const DEFAULT_DEPENDENCIES = {
  fetch: nodeFetch,
  // Adobe's gateway responds after 60 s on its own, which says more than a timeout of ours.
  timeouts: { connect: 10_000, request: 90_000 },
  maxResponseBytes: 64 * 1024 * 1024,
  answerMemory: defaultAnswerMemory(),
  now: Date.now,
  clock: steadyClock,
  random: Math.random,
  sleep,
} satisfies Omit<Required<HttpClientDependencies>, 'log' | 'secrets'>;
