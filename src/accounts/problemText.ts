import type { Problem } from '../services/service';

/** A problem as one line of text, for messages: what, why, and what to do. */
export function problemText({ what, why, advice = '' }: Problem): string {
  const sentences = [what, why, advice]
    .filter((part) => part !== '')
    .map((part) => (/[.!?…。]$/u.test(part) ? part : `${part}.`));
  return sentences.join(' ');
}
