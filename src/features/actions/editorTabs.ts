import * as vscode from 'vscode';
import type { Preview } from '../../core/services/contract/action';
import type { PreviewDocuments } from './previewDocuments';

/** True if a text editor of any group shows the document. */
export function isOpenInTab(uri: vscode.Uri): boolean {
  return findTabs(uri).length > 0;
}

/** Closes all text editors of a document. */
export async function closeTabs(uri: vscode.Uri): Promise<void> {
  await vscode.window.tabGroups.close(findTabs(uri), true);
}

function findTabs(uri: vscode.Uri): readonly vscode.Tab[] {
  const key = uri.toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key);
}

/** An open comparison that waits for an answer. */
interface Review {
  readonly draft: string;
  readonly sides: readonly [before: vscode.Uri, after: vscode.Uri];
  readonly question: string;
  answer: (send: boolean) => void;
}

interface ReviewSubject {
  readonly draft: vscode.Uri;
  /** The name of the compared documents. */
  readonly label: string;
  /** The title of the editor: asks whether to change what, and in which account. */
  readonly question: string;
}

/**
 * Comparisons that preview an action's change, each in its own editor. The question is its title, and the
 * answers are buttons in the title bar: they hide nothing, and none of them is preselected.
 */
export class PreviewTabs implements vscode.Disposable {
  readonly #open = new Set<Review>();
  #asked = 0;
  readonly #registration: vscode.Disposable;

  constructor(private readonly texts: PreviewDocuments) {
    this.#registration = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const review of this.#open) {
        if (closed.some((tab) => isShownIn(review, tab)) && getTabs(review).length === 0)
          review.answer(false);
      }
    });
  }

  dispose(): void {
    this.#registration.dispose();
    for (const review of this.#open) review.answer(false);
  }

  /**
   * Shows a preview and asks whether to send it.
   * @param agree called when the user chooses to send it. If it returns false, the question stays.
   * @returns true to send it. The comparison is closed then, and also when the user continues editing.
   */
  async ask(
    subject: ReviewSubject,
    { before, after }: Preview,
    agree: () => Promise<boolean>,
  ): Promise<boolean> {
    const review = this.#put(subject, before, after);
    try {
      const { promise, answer } = nextAnswer();
      review.answer = answer;
      await this.#show(review);
      for (let answered = promise; await answered;) {
        const next = nextAnswer();
        review.answer = next.answer;
        if (await agree()) return true;
        answered = next.promise;
      }
      return false;
    } finally {
      this.#open.delete(review);
      await vscode.window.tabGroups.close(getTabs(review), true);
      this.texts.delete(...review.sides);
    }
  }

  /**
   * Answers a comparison.
   * @param side one of its documents, as VS Code passes it to the buttons of an editor. Without it, the
   * comparison in the active editor is meant, which VS Code may report later than it shows it.
   */
  answer(send: boolean, side?: vscode.Uri): void {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    const isMeant = (review: Review): boolean =>
      side
        ? review.sides.some((each) => each.toString() === side.toString())
        : activeTab !== undefined && isShownIn(review, activeTab);
    [...this.#open].find(isMeant)?.answer(send);
  }

  /** Closes the comparison of a document, as if the user continued editing. */
  dismiss(draft: vscode.Uri): void {
    for (const review of this.#open) if (review.draft === draft.toString()) review.answer(false);
  }

  /** Shows the oldest comparison that waits for an answer. @returns false if there is none. */
  async showNext(): Promise<boolean> {
    const [next] = this.#open;
    if (next) await this.#show(next);
    return next !== undefined;
  }

  #put({ draft, label, question }: ReviewSubject, before: string, after: string): Review {
    // The query is unique, because comparisons may have the same name or be about the same resource.
    const query = `${draft.query}-${++this.#asked}`;
    const review: Review = {
      draft: draft.toString(),
      sides: [
        this.texts.putServiceJson(label, 'before', before, query),
        this.texts.putServiceJson(label, 'after', after, query),
      ],
      question,
      answer: () => undefined,
    };
    this.#open.add(review);
    return review;
  }

  async #show({ sides, question }: Review): Promise<void> {
    await vscode.commands.executeCommand('vscode.diff', ...sides, question, { preview: false });
  }
}

function nextAnswer(): { readonly promise: Promise<boolean>; readonly answer: (send: boolean) => void } {
  let answer: (send: boolean) => void = () => undefined;
  const promise = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  return { promise, answer };
}

function getTabs(review: Review): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => isShownIn(review, tab));
}

function isShownIn({ sides: [, after] }: Review, { input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputTextDiff && input.modified.toString() === after.toString();
}
