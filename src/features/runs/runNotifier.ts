import * as l10n from '@vscode/l10n';
import type { Disposable } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { RunEntry } from '../../core/services/contract/runs';
import { plainText } from '../../shared/plainText';
import type { KnownRun } from './runRegistry';
import { Debouncer, type Clock } from '../../core/base/clock';

/** Which ends of watched runs are reported. */
export type NotificationChoice = 'all' | 'failures' | 'successes' | 'none';

/** How a run ended. A run without failures and warnings succeeded. */
export type EndKind = 'failures' | 'successes';

/** True if runs that end this way are reported. */
function notifies(choice: NotificationChoice, kind: EndKind): boolean {
  return choice === 'all' || choice === kind;
}

/** The choice without one kind of ends. */
export function withoutKind(choice: NotificationChoice, kind: EndKind): NotificationChoice {
  const other = kind === 'failures' ? 'successes' : 'failures';
  return notifies(choice, other) ? other : 'none';
}

/** A message about one run, or about several that ended together. */
export interface RunNotification {
  readonly text: string;
  readonly kind: EndKind;
  /** Set if it is about one run. */
  readonly path?: ResourcePath;
}

export interface RunNotifierContext {
  readonly isWatched: (path: ResourcePath) => boolean;
  /** True for a run that an action of this window reports. */
  readonly isSuppressed: (path: ResourcePath) => boolean;
  /** The runs that actions of other windows report. */
  readonly suppressedElsewhere: (paths: readonly ResourcePath[]) => Promise<ReadonlySet<ResourcePath>>;
  /** @returns true if no other window has reported the run, nor this one before a reload. */
  readonly acquire: (run: KnownRun) => Promise<boolean>;
  readonly choice: () => NotificationChoice;
  readonly show: (notification: RunNotification) => void;
  readonly clock: Clock;
}

/** Runs that end within this time share one message. */
const NOTIFICATION_DEBOUNCE_MS = 500;

/** Shows one notification per finished run. Runs that finish together share one. */
export class RunNotifier implements Disposable {
  #waiting: readonly KnownRun[] = [];
  readonly #notifySoon: Debouncer;

  constructor(private readonly context: RunNotifierContext) {
    this.#notifySoon = new Debouncer(NOTIFICATION_DEBOUNCE_MS, () => void this.#notify(), context.clock);
  }

  dispose(): void {
    this.#notifySoon.dispose();
  }

  /** Adds runs that ended. */
  add(ended: readonly KnownRun[]): void {
    const { isWatched, isSuppressed, acquire } = this.context;
    const watched = ended.filter(({ run }) => isWatched(run.path));
    const own = watched.filter(({ run }) => !isSuppressed(run.path));
    // Other windows must not report it either.
    for (const suppressed of watched) if (!own.includes(suppressed)) void acquire(suppressed);
    if (own.length === 0) return;
    this.#waiting = [...this.#waiting, ...own];
    this.#notifySoon.schedule();
  }

  async #notify(): Promise<void> {
    const { choice, acquire, suppressedElsewhere, show } = this.context;
    const ended = this.#waiting;
    this.#waiting = [];
    const suppressed = await suppressedElsewhere(ended.map(({ run }) => run.path));
    const wanted = ended.filter(
      (entry) => !suppressed.has(entry.run.path) && notifies(choice(), toKind(entry)),
    );
    const acquired = await Promise.all(wanted.map(acquire));
    const own = wanted.filter((_, index) => acquired[index] === true);
    const [first] = own;
    if (first) show(own.length === 1 ? toNotification(first) : toSummaryNotification(own));
  }
}

function toKind({ run }: RunEntry): EndKind {
  return run.status?.state === 'failed' || run.status?.state === 'warning' ? 'failures' : 'successes';
}

function toNotification(entry: RunEntry): RunNotification {
  const { run, ancestors } = entry;
  const what = run.kind === 'backfill' ? l10n.t('Backfill') : l10n.t('Run');
  const name = [ancestors.join(' › '), run.label].filter((part) => part !== '').join(' · ');
  const word = plainText(run.status?.label ?? '');
  return {
    text: sentence(run.status?.state, what, plainText(name), word),
    kind: toKind(entry),
    path: run.path,
  };
}

function sentence(state: string | undefined, what: string, name: string, word: string): string {
  if (state === 'ok') return l10n.t('{0} finished: {1}', what, name);
  if (state === 'failed') return l10n.t('{0} failed: {1}', what, name);
  return l10n.t('{0} ended ({1}): {2}', what, word, name);
}

function toSummaryNotification(ended: readonly RunEntry[]): RunNotification {
  const failed = ended.filter((entry) => toKind(entry) === 'failures').length;
  const text =
    failed === 0
      ? l10n.t('{0} watched runs finished.', ended.length)
      : l10n.t('{0} watched runs ended. Failed: {1}.', ended.length, failed);
  return { text, kind: failed > 0 ? 'failures' : 'successes' };
}
