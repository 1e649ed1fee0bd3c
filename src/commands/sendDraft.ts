import * as vscode from 'vscode';
import type { Drafts } from '../actions/drafts';
import { draftScheme } from '../manifest';
import type { Handler } from './handler';

/** Hands on the document of an action: the one whose title was clicked, else the one of the active editor. */
export function sendDraft(drafts: Pick<Drafts, 'send'>): Handler {
  return async (clicked) => {
    const uri = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme === draftScheme) await drafts.send(uri);
  };
}
