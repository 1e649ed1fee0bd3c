import * as vscode from 'vscode';
import type { Resource } from '../core/services/contract/resource';
import { idLine } from '../shared/plainText';
import { showWarning } from './messages';
import { setContext } from './setContext';
import { getName } from './text';

/** An id that a person takes away, and what it is of. */
export type IdOf = Pick<Resource, 'id' | 'label'>;

/**
 * Ids as they are copied, inserted and dragged: each one line, exactly as the service wrote it. Characters that are no
 * text are left out, and the user is told. Completes the step of the walkthrough that copies an ID.
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
