import { Debouncer } from '../../core/base/debouncer';
import * as l10n from '@vscode/l10n';
import type { Disposable } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { RunEntry } from '../../core/services/contract/runs';
import { plainText } from '../../shared/plainText';
import type { KnownRun } from './runRegistry';
import type { Clock } from '../../core/base/clock';

/** Which ends of watched runs are notified. */
export type NotificationChoice = 'all' | 'failures' | 'successes' | 'none';

/** The kinds of ends. Whatever did not fail, and had no warnings, is a success. */
export type EndKind = 'failures' | 'successes';

/** True if ends of a kind are notified. */
export function notifies(choice: NotificationChoice, kind: EndKind): boolean {
  return choice === 'all' || choice === kind;
}

/** The choice with one kind of ends muted. */
export function withoutKind(choice: NotificationChoice, kind: EndKind): NotificationChoice {
  const other = kind === 'failures' ? 'successes' : 'failures';
  return notifies(choice, other) ? other : 'none';
}

/** A message about one run, or about several that ended together. */
export interface RunNotification {
  readonly text: string;
  readonly kind: EndKind;
  /** The run, where it is one. */
  readonly path?: ResourcePath;
}

/** What the teller works with. */
export interface RunNotifierContext {
  readonly isWatched: (path: ResourcePath) => boolean;
  /** True for a run that an action of this window reports. */
  readonly isMuted: (path: ResourcePath) => boolean;
  /** The runs among these that actions of other windows report. */
  readonly mutedElsewhere: (paths: readonly ResourcePath[]) => Promise<ReadonlySet<ResourcePath>>;
  /** @returns true where no other window told of it, nor this one in an earlier life. */
  readonly claim: (run: KnownRun) => Promise<boolean>;
  readonly choice: () => NotificationChoice;
  readonly show: (notice: RunNotification) => void;
  readonly clock: Clock;
}

/** Ends that come within so many milliseconds become one message. */
const NOTIFICATION_DEBOUNCE_MS = 500;

/** Tells the end of watched work, each once, many together. */
export class RunNotifier implements Disposable {
  #waiting: readonly KnownRun[] = [];
  readonly #telling: Debouncer;

  constructor(private readonly context: RunNotifierContext) {
    this.#telling = new Debouncer(NOTIFICATION_DEBOUNCE_MS, () => void this.#tell(), context.clock);
  }

  dispose(): void {
    this.#telling.dispose();
  }

  /** Takes runs that ended. */
  add(ended: readonly KnownRun[]): void {
    const { isWatched, isMuted, claim } = this.context;
    const watched = ended.filter(({ run }) => isWatched(run.path));
    const own = watched.filter(({ run }) => !isMuted(run.path));
    // What an action reports no other window may report any more.
    for (const muted of watched) if (!own.includes(muted)) void claim(muted);
    if (own.length === 0) return;
    this.#waiting = [...this.#waiting, ...own];
    this.#telling.schedule();
  }

  async #tell(): Promise<void> {
    const { choice, claim, mutedElsewhere, show } = this.context;
    const ended = this.#waiting;
    this.#waiting = [];
    const muted = await mutedElsewhere(ended.map(({ run }) => run.path));
    const wanted = ended.filter((entry) => !muted.has(entry.run.path) && notifies(choice(), toKind(entry)));
    const claims = await Promise.all(wanted.map(claim));
    const own = wanted.filter((_, index) => claims[index] === true);
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
