import type { Performer } from '../actions/performer';
import type { Handler } from './handler';

/** Sends what the comparison in the active editor shows, after a question. */
export function sendReviewed(performer: Pick<Performer, 'answerReview'>): Handler {
  return () => performer.answerReview(true);
}
