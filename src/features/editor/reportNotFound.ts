import * as vscode from 'vscode';
import { errorText } from '../../core/services/common/problem';
import { showInformation, showWarning } from '../../ui/messages';

/** A message names the failures of no more accounts. */
const MAX_FAILURES = 3;

/**
 * Says that an ID was not found.
 * @param sentence what that means if all accounts answered.
 * @param failures of the accounts that could not be asked, see `Store.lookUp`.
 */
export function reportNotFound(sentence: string, failures: readonly unknown[]): void {
  if (failures.length === 0) {
    void showInformation(sentence);
    return;
  }
  const reasons = failures.slice(0, MAX_FAILURES).map(errorText);
  const others = failures.length - reasons.length;
  const parts = [
    vscode.l10n.t('The ID was not found, but not all accounts could be asked.'),
    ...reasons,
    ...(others > 0 ? [vscode.l10n.t('and {0} more', others)] : []),
  ];
  void showWarning(parts.join(' '));
}
