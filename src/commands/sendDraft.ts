import * as vscode from 'vscode';
import type { Performer } from '../actions/performer';
import { draftScheme } from '../manifest';
import type { Handler } from './handler';

/** Sends the document of an action: the one whose title was clicked, else the one of the active editor. */
export function sendDraft(performer: Pick<Performer, 'send'>): Handler {
  return async (clicked) => {
    const uri = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme === draftScheme) await performer.send(uri);
  };
}
