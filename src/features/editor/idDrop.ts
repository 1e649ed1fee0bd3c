import * as vscode from 'vscode';
import { draggedIdsType } from '../../shared/identifiers';
import { readEditorSettings } from '../../ui/configuration';
import { insertedIds } from './insertedIds';

/** Drops dragged rows into an editor, as Insert ID at Cursor inserts them. */
export async function provideIdDrop(
  document: vscode.TextDocument,
  position: vscode.Position,
  transfer: vscode.DataTransfer,
): Promise<vscode.DocumentDropEdit | undefined> {
  const ids = readIds((await transfer.get(draggedIdsType)?.asString()) ?? '');
  if (ids.length === 0) return undefined;
  const text = idsFor(ids, document, new vscode.Range(position, position));
  return new vscode.DocumentDropEdit(text, vscode.l10n.t('Insert ID'));
}

/** The text of IDs that replaces a range of a document. */
export function idsFor(
  ids: readonly string[],
  document: vscode.TextDocument,
  { start, end }: vscode.Range,
): string {
  const { languageId, lineCount } = document;
  const text = { languageId, lineCount, lineAt: (line: number) => document.lineAt(line).text };
  const place = {
    ...{ line: start.line, column: start.character },
    ...{ endLine: end.line, endColumn: end.character },
  };
  return insertedIds(ids, text, place, readEditorSettings(document).insertAs);
}

/** Any extension may drag something under our type. */
function readIds(text: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
