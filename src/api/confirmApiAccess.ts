import * as vscode from 'vscode';
import { askTypedName } from '../ui/multiStepInput';
import type { ApiAccessQuestion } from './apiAccess';
import { ask } from '../ui/messages';

/**
 * Asks the user, and for a name to be typed if the question requires it. @returns true if the caller may
 * continue.
 */
export async function confirmApiAccess({
  message,
  detail,
  button,
  typedName,
}: ApiAccessQuestion): Promise<boolean> {
  if ((await ask({ message, detail, buttons: [button] })) !== button) return false;
  if (typedName === undefined) return true;
  const prompt = vscode.l10n.t('Type its name to continue: {0}', typedName);
  return (await askTypedName({ title: message, back: false }, typedName, prompt)).go === 'next';
}
