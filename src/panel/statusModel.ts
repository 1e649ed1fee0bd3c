import type { Status } from '../services/service';
import { plainText } from '../tree/plainText';
import { stateWord } from '../tree/stateWord';
import type { StatusModel } from './models';

/** A status for the page: our word, and the service's own where it says more. */
export function statusModel({ state, word }: Status): StatusModel {
  const ours = stateWord(state);
  const theirs = plainText(word);
  const same = theirs === '' || theirs.toLowerCase() === ours.toLowerCase();
  return { state, word: theirs, text: same ? ours : `${ours} (${theirs})` };
}
