import * as vscode from 'vscode';
import { reportError, showInformation, showWarning, showError } from '../messages';
import { type BatchResult, firstUnexpected } from './batch';
import { type LeftOutRow, type NamedRow, batchReport, rowName, resultText } from './batchTexts';
import type { Resource } from '../../core/services/contract/resource';
import { commands } from '../../shared/contributions';
import { showQuickPick } from '../quickInput';

/**
 * Shows the result of a batch, with a button that lists the result of each row. Does not wait for the user.
 * @throws the first error that is not an answer of a service, for the log.
 */
export function reportResults(
  title: string,
  results: readonly BatchResult<RevealableRow>[],
  leftOut: readonly (LeftOutRow & RevealableRow)[],
): void {
  const { text, severity } = batchReport(title, results, leftOut);
  const show = severity === 'info' ? showInformation : severity === 'warning' ? showWarning : showError;
  const each = vscode.l10n.t('Show Results');
  show(text, each)
    .then((chosen) => (chosen === each ? showEach(title, results, leftOut) : undefined))
    .catch(reportError);
  const unexpected = firstUnexpected(results);
  if (unexpected instanceof Error) throw unexpected;
}

/** A row in a list of results, which can be revealed in the tree. */
export type RevealableRow = NamedRow & { readonly resource: Resource };

async function showEach(
  title: string,
  results: readonly BatchResult<RevealableRow>[],
  leftOut: readonly (LeftOutRow & RevealableRow)[],
): Promise<void> {
  const items = [
    ...results.map((result) => ({ row: result.item, detail: resultText(result) })),
    ...leftOut.map((row) => ({ row, detail: vscode.l10n.t('Skipped: {0}', row.reason) })),
  ].map(({ row, detail }) => ({ label: rowName(row), detail, path: row.resource.path }));
  const placeHolder = vscode.l10n.t('Select a row to reveal it in the tree');
  const chosen = await showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  if (chosen) await vscode.commands.executeCommand(commands.revealInTree, chosen.path);
}
