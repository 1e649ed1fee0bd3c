import * as vscode from 'vscode';
import type { Preview } from '../services/service';
import { showInformation } from '../ui/messages';
import type { VirtualTexts } from './virtualTexts';

/** A comparison that is on the screen, and waits for an answer. */
interface Review {
  readonly draft: string;
  readonly sides: readonly [before: vscode.Uri, after: vscode.Uri];
  readonly title: string;
  answer: (send: boolean) => void;
}

/** What a comparison is about. */
export interface ReviewSubject {
  readonly draft: vscode.Uri;
  /** Names the documents that are compared. */
  readonly label: string;
  /** Of the editor: what is changed, and in which account. */
  readonly title: string;
  /** A question for the user, which names the same. */
  readonly question: string;
}

/**
 * Comparisons of what an action would change, each in an editor of its own. The answer is given by the buttons in the
 * title of that editor, which cover nothing of it, or by those of a notification.
 */
export class Reviews implements vscode.Disposable {
  readonly #texts: VirtualTexts;
  readonly #open = new Set<Review>();
  readonly #registration: vscode.Disposable;

  constructor(texts: VirtualTexts) {
    this.#texts = texts;
    this.#registration = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const review of this.#open) {
        if (closed.some((tab) => isOf(review, tab)) && tabsOf(review).length === 0) review.answer(false);
      }
    });
  }

  dispose(): void {
    this.#registration.dispose();
    for (const review of this.#open) review.answer(false);
  }

  /**
   * Shows what would change, and asks.
   * @param agree called when the user wants to send it. False: the question stays.
   * @returns true to send it. The comparison is closed then, and also when the user goes on editing.
   */
  async ask(
    subject: ReviewSubject,
    { before, after }: Preview,
    agree: () => Promise<boolean>,
  ): Promise<boolean> {
    this.dismiss(subject.draft);
    const review = this.#put(subject, before, after);
    const send = vscode.l10n.t('Send…');
    const keep = vscode.l10n.t('Keep Editing');
    try {
      const { promise, answer } = nextAnswer();
      review.answer = answer;
      await this.#show(review);
      void showInformation(subject.question, send, keep).then((button) => {
        if (button !== undefined) review.answer(button === send);
      });
      for (let answered = promise; await answered;) {
        const next = nextAnswer();
        review.answer = next.answer;
        if (await agree()) return true;
        answered = next.promise;
      }
      return false;
    } finally {
      this.#open.delete(review);
      await vscode.window.tabGroups.close(tabsOf(review), true);
      this.#texts.delete(...review.sides);
    }
  }

  /** Answers the comparison in the active editor. */
  answer(send: boolean): void {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    const review = [...this.#open].find((each) => activeTab && isOf(each, activeTab));
    review?.answer(send);
  }

  /** Gives up the comparison of a document, as if the user went on editing. */
  dismiss(draft: vscode.Uri): void {
    for (const review of this.#open) if (review.draft === draft.toString()) review.answer(false);
  }

  /** Shows the oldest comparison that waits for an answer. @returns false if there is none. */
  async showNext(): Promise<boolean> {
    const [next] = this.#open;
    if (next) await this.#show(next);
    return next !== undefined;
  }

  #put({ draft, label, title }: ReviewSubject, before: string, after: string): Review {
    // The query keeps comparisons of things with the same name apart.
    const { query } = draft;
    const review: Review = {
      draft: draft.toString(),
      sides: [
        this.#texts.putServiceJson(label, 'before', before, query),
        this.#texts.putServiceJson(label, 'after', after, query),
      ],
      title,
      answer: () => undefined,
    };
    this.#open.add(review);
    return review;
  }

  async #show({ sides, title }: Review): Promise<void> {
    await vscode.commands.executeCommand('vscode.diff', ...sides, title, { preview: false });
  }
}

function nextAnswer(): { readonly promise: Promise<boolean>; readonly answer: (send: boolean) => void } {
  let answer: (send: boolean) => void = () => undefined;
  const promise = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  return { promise, answer };
}

function tabsOf(review: Review): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => isOf(review, tab));
}

function isOf({ sides: [, after] }: Review, { input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputTextDiff && input.modified.toString() === after.toString();
}
