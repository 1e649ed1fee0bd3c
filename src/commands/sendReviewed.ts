import * as vscode from 'vscode';
import type { Performer } from '../actions/performer';
import type { Handler } from './handler';

/** Sends what a comparison shows: that whose button was clicked, else the one in the active editor. */
export function sendReviewed(performer: Pick<Performer, 'answerReview'>): Handler {
  return (clicked) => performer.answerReview(true, clicked instanceof vscode.Uri ? clicked : undefined);
}
