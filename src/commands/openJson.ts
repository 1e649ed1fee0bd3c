import * as vscode from 'vscode';
import type { JsonDocuments } from '../editor/jsonDocuments';
import type { Handler } from './handler';
import { identified } from './kinds';
import { inView } from './progress';
import type { Targets } from './targets';

/** Opens the full JSON of a resource as a read-only document. */
export function openJson(targets: Targets, documents: JsonDocuments): Handler {
  return async (path) => {
    const resource = await targets.one(identified, path, vscode.l10n.t('Open the JSON of'));
    if (resource) await inView(() => documents.open(resource));
  };
}
