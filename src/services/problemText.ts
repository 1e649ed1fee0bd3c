import * as l10n from '@vscode/l10n';
import type { Problem } from './service';

/** A problem as one line of text, where its place is known: what, why, and what to do. */
export function problemText({ what, why, advice = '' }: Problem): string {
  const sentences = [what, why, advice]
    .filter((part) => part !== '')
    .map((part) => (/[.!?…。]$/u.test(part) ? part : `${part}.`));
  return sentences.join(' ');
}

/** A problem as one line for a message that stands alone, such as a notification: the place before all else. */
export function placedProblemText(problem: Problem): string {
  const text = problemText(problem);
  return problem.place === undefined ? text : l10n.t('{0}: {1}', problem.place, text);
}
