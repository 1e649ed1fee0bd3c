import * as vscode from 'vscode';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { linked } from './kinds';
import type { Targets } from './targets';

/** Opens the page of a resource in the service's own UI. */
export function openInBrowser(targets: Targets, store: Store): Handler {
  return async (path) => {
    const resource = await targets.one(linked, path, vscode.l10n.t('Open in the browser'));
    const link = resource && (await store.session(resource.path)).webLink(resource);
    // VS Code opens a text as it stands, and writes a Uri anew: the second `#` of Adobe's links would become `%23`.
    if (link) await vscode.commands.executeCommand('vscode.open', link);
  };
}
