import * as vscode from 'vscode';
import type { JsonDocuments } from '../editor/jsonDocuments';
import type { Resource } from '../services/service';
import { agreeToMany, forEachRow } from './forEachRow';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';

/** Opens the full JSON of the selected resources, each as a read-only document. */
export function openJson(targets: Targets, documents: JsonDocuments): Handler {
  return async (path, paths) => {
    const resources = await targets.some(identified, path, paths, vscode.l10n.t('Open the JSON of'));
    const { length } = resources;
    const question = vscode.l10n.t('Open {0} editors?', length);
    if (!(await agreeToMany(length, question))) return;
    const open = (resource: Resource, signal: AbortSignal): Promise<void> =>
      documents.open(resource, { preview: length === 1, signal });
    // One after the other: the editors stand in the order of the rows.
    await forEachRow(vscode.l10n.t('Open JSON'), resources, open, { atOnce: 1 });
  };
}
