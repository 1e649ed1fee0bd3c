import * as vscode from 'vscode';
import type { Resource } from '../core/services/contract/resource';
import { idLine } from '../shared/plainText';
import { showWarning } from './messages';
import { setContext } from './setContext';
import { getName } from './text';

/** An ID to copy, insert or drag, and the label of its resource. */
export type IdOf = Pick<Resource, 'id' | 'label'>;

/**
 * IDs as they are copied, inserted and dragged: one line each, exactly as the service wrote them. Invisible
 * and control characters are removed, with a warning. Completes the walkthrough step that copies an ID.
 */
export function idLines(resources: readonly IdOf[]): readonly string[] {
  const all = resources.map((resource) => ({ resource, ...idLine(resource.id) }));
  const inexact = all.find(({ exact }) => !exact);
  if (inexact) void showWarning(warning(getName(inexact.resource)));
  if (all.length > 0) setContext('copiedId', true);
  return all.map(({ line }) => line);
}

function warning(name: string): string {
  return vscode.l10n.t(
    'The ID of {0} contains invisible or control characters, which were removed. Copy the JSON to get the exact ID.',
    name,
  );
}
