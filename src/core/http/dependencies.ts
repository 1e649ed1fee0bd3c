import { sleep } from '../base/abort';
import { defaultAnswerMemory } from './budget';
import { steadyClock, type Clock } from '../base/clock';
import type { Timeouts } from './attempt';
import { nodeFetch, type Fetch } from './fetch';
import type { KnownSecrets } from '../redaction/knownSecrets';
import type { RequestLogEntry } from './requestLog';

/** What the client takes from its surroundings. Everything but the log has a default; tests replace the others. */
export interface HttpClientDependencies {
  /** Gets every attempt when it has ended. */
  readonly log: (entry: RequestLogEntry) => void;
  /** The secrets of all clients: each adds its own, and masks all. Default: those of the client alone. */
  readonly secrets?: KnownSecrets;
  /** Default: node-fetch. */
  readonly fetch?: Fetch;
  /** Default: 10 s to connect, 90 s in all. */
  readonly timeouts?: Timeouts;
  /** Most bytes of a body, decompressed. Default: 64 MiB. */
  readonly maxResponseBytes?: number;
  /** Most bytes of memory that an answer may take where its call brings no budget. Default: an eighth of the heap. */
  readonly answerMemory?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** What the rate limit is kept by. Default: one that nobody sets. */
  readonly clock?: Clock;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
  /** Waits between attempts. @throws the signal's reason when it is aborted. */
  readonly sleep?: (duration: number, signal: AbortSignal) => Promise<void>;
}

/** What is used where the extension or a test gives nothing else. */
export const DEFAULT_DEPENDENCIES = {
  fetch: nodeFetch,
  // Adobe's gateway answers by itself after 60 s: that answer is worth more than a timeout of ours.
  timeouts: { connect: 10_000, request: 90_000 },
  maxResponseBytes: 64 * 1024 * 1024,
  answerMemory: defaultAnswerMemory(),
  now: Date.now,
  clock: steadyClock,
  random: Math.random,
  sleep,
} satisfies Omit<Required<HttpClientDependencies>, 'log' | 'secrets'>;
