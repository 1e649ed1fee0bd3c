import * as vscode from 'vscode';
import type { Performer } from '../actions/performer';
import type { Handler } from './handler';

/** Goes back to the document of a comparison: that whose button was clicked, else the one in the active editor. */
export function keepEditing(performer: Pick<Performer, 'answerReview'>): Handler {
  return (clicked) => performer.answerReview(false, clicked instanceof vscode.Uri ? clicked : undefined);
}
