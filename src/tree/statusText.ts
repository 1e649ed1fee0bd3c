import type { Status } from '../services/service';
import { plainText } from '../text/plainText';
import { stateWord } from './stateWord';

/** A status in words: ours, and the service's own where it says more. */
export function statusText({ state, word }: Status): string {
  const ours = stateWord(state);
  const theirs = plainText(word);
  const same = theirs === '' || theirs.toLowerCase() === ours.toLowerCase();
  return same ? ours : `${ours} (${theirs})`;
}
