import * as vscode from 'vscode';
import { askValue, type Answer, type WizardStep } from '../../ui/multiStepInput';
import type { ActionInputValues, Action } from '../../core/services/contract/action';
import type { Field } from '../../core/services/contract/signIn';

/** Asks for the input of an action, field by field. @returns undefined if the user canceled. */
export async function askFields(title: string, action: Action): Promise<ActionInputValues | undefined> {
  if (action.input.kind !== 'fields') return { kind: 'none' };
  const { fields } = action.input;
  const values: Record<string, string> = {};
  for (let at = 0; at < fields.length;) {
    const field = fields[at];
    if (!field) break;
    const frame: WizardStep = { title, step: at + 1, totalSteps: fields.length, back: at > 0 };
    const answer = await askField(frame, field, values[field.key] ?? field.default ?? '');
    if (answer.go === 'cancel') return undefined;
    if (answer.go === 'next') values[field.key] = answer.value;
    at += answer.go === 'next' ? 1 : -1;
  }
  return { kind: 'fields', values };
}

function askField(frame: WizardStep, field: Field, value: string): Promise<Answer<string>> {
  const required = vscode.l10n.t('Enter {0}.', field.label);
  const validate = (text: string): string | undefined => {
    if (text !== '') return field.validate(text);
    return field.optional ? undefined : required;
  };
  return askValue(frame, field, { value, validate });
}
