import * as vscode from 'vscode';
import type { Choice, Field } from '../services/service';
import { cancellable } from './cancellable';
import type { Sessions } from './sessions';
import { draftOf, type SignInForm } from './signInForm';

/** What a field may be, as far as the service told: without choices it is typed. */
export interface Found {
  readonly choices?: readonly Choice[];
  /** Why the service did not tell. */
  readonly failure?: unknown;
}

/** Asks the service what a listed field may be, in the name of what was answered so far. */
export async function lookUp(
  field: Field,
  form: SignInForm,
  sessions: Pick<Sessions, 'choices'>,
): Promise<Found> {
  const draft = field.listed ? draftOf(form, field.key) : undefined;
  if (!draft) return {};
  const { definition, secrets } = draft;
  try {
    const title = vscode.l10n.t('Asking for the choices of {0}', field.label);
    const choices = await cancellable(title, (call) =>
      sessions.choices(definition, secrets, field.key, call),
    );
    return choices && choices.length > 0 ? { choices } : {};
  } catch (failure) {
    return { failure };
  }
}
