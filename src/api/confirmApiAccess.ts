import * as vscode from 'vscode';
import { isSameName } from '../shared/plainText';
import { askText } from '../ui/multiStepInput';
import type { ApiAccessQuestion } from './apiAccess';
import { ask } from '../ui/messages';

/** Asks the user, and for a name to be typed where the question wants one. @returns true if the caller may go on. */
export async function confirmApiAccess({
  message,
  detail,
  button,
  typedName,
}: ApiAccessQuestion): Promise<boolean> {
  if ((await ask({ message, detail, buttons: [button] })) !== button) return false;
  if (typedName === undefined) return true;
  const prompt = vscode.l10n.t('Type its name to continue: {0}', typedName);
  const validate = (text: string): string | undefined =>
    isSameName(text, typedName) ? undefined : vscode.l10n.t('The name does not match: {0}', typedName);
  const answer = await askText({ title: message, back: false }, { prompt, value: '', validate });
  return answer.go === 'next';
}
