import type { Performer } from '../actions/performer';
import type { Handler } from './handler';

/** Goes back from the comparison in the active editor to its document. */
export function keepEditing(performer: Pick<Performer, 'answerReview'>): Handler {
  return () => performer.answerReview(false);
}
