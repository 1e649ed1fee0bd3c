import * as vscode from 'vscode';
import type { LoadedService } from '../../core/services/contract/service';
import type { SignInMethod, Field, Account } from '../../core/services/contract/signIn';
import { promptName, promptToUnmark } from './prompts';
import { importCredentials, fetchChoices } from './fetchChoices';
import { askValue, askChoice, type Answer, type WizardStep } from '../../ui/multiStepInput';
import type { Sessions } from './sessions';
import { secretSourceAlternative, sourceComplaint } from './askSecretSource';
import { sourceNameIn } from './secretEntry';
import {
  validationMessage,
  hasSavedSecret,
  initialText,
  keepsSavedSecret,
  newOrigins,
  toFailure,
  unansweredStep,
  uniqueName,
  withService,
  type SignInFailure,
  type SignInForm,
  type SignInStep,
} from './signInForm';

export interface StepContext {
  readonly form: SignInForm;
  readonly frame: WizardStep;
  readonly services: readonly LoadedService[];
  /** Asked for the choices of a field. */
  readonly sessions: Pick<Sessions, 'choices'>;
  /** Accounts whose names are taken. */
  readonly others: readonly Account[];
  /** Why the last verification failed, if this step is to correct it. */
  readonly failure?: SignInFailure | undefined;
  /** Whether an earlier answer is to blame for a failure to load the choices of this step, and can be corrected first. */
  readonly isCausedEarlier?: (failure: SignInFailure) => boolean;
}

/**
 * What to do after an answer: next step, same step again, verification, saving without it, or correcting an earlier
 * answer.
 */
export type Next = 'next' | 'same' | 'verify' | 'save' | SignInFailure;

/** The form with one more answer. */
export interface StepResult {
  readonly form: SignInForm;
  readonly next: Next;
}

/** Shows the prompt of one step. */
export function promptStep(step: SignInStep, asking: StepContext): Promise<Answer<StepResult>> {
  switch (step.kind) {
    case 'service':
      return askService(asking);
    case 'method':
      return askMethod(step.service, asking);
    case 'field':
      return askField(step.field, asking);
    case 'name':
      return askAccountName(asking);
    case 'finish':
      return askFinish(asking);
  }
}

async function askService({ form, frame, services }: StepContext): Promise<Answer<StepResult>> {
  const items = services.map((service) => ({ label: service.title, service }));
  const active = items.find(({ service }) => service === form.service);
  const placeholder = vscode.l10n.t('Select a service to sign in to');
  return map(await askChoice(frame, { placeholder, items, active }), ({ service }) =>
    withService(form, service),
  );
}

interface MethodItem extends vscode.QuickPickItem {
  readonly method: SignInMethod;
  readonly fromFile: boolean;
}

async function askMethod(service: LoadedService, { form, frame }: StepContext): Promise<Answer<StepResult>> {
  const items = service.methods.flatMap((method): MethodItem[] => {
    const typed = { label: method.title, detail: method.description, method, fromFile: false };
    const label = vscode.l10n.t('Import Credentials File…');
    const detail = vscode.l10n.t('{0}, from a JSON file of Developer Console or a .env file.', method.title);
    return method.importFile ? [typed, { label, detail, method, fromFile: true }] : [typed];
  });
  const active = items.find(({ method }) => method === form.method);
  const placeholder = vscode.l10n.t('Select how to sign in to {0}', service.title);
  const answer = await askChoice(frame, { placeholder, items, active });
  if (answer.go !== 'next') return answer;
  const { method, fromFile } = answer.value;
  if (!fromFile) return next({ ...form, method });
  const imported = await importCredentials(method);
  return imported ? next({ ...form, method, values: { ...form.values, ...imported } }) : next(form, 'same');
}

async function askField(
  field: Field,
  { form, frame, sessions, ...asking }: StepContext,
): Promise<Answer<StepResult>> {
  const found = await fetchChoices(field, form, sessions);
  const failure = asking.failure ?? (found.failure === undefined ? undefined : toFailure(found.failure));
  if (failure && asking.isCausedEarlier?.(failure)) return next(form, failure);
  const titled = { ...frame, title: vscode.l10n.t('{0} – {1}', frame.title, field.label) };
  const answer = await askValue(
    titled,
    { ...field, prompt: toPrompt(field, form), ...(found.choices && { choices: found.choices }) },
    {
      value: initialText(form, field),
      validate: (text) =>
        sourceComplaint(field, text) ??
        validationMessage(form, field, text, vscode.l10n.t('Enter {0}.', field.label)),
      ...(keepsSavedSecret(form, field) && { placeholder: unchangedText(form, field) }),
      ...(field.secret && { alternative: secretSourceAlternative() }),
      ...(failure && { validationMessage: failure.text }),
    },
  );
  return map(answer, (text) => ({ ...form, values: { ...form.values, [field.key]: text } }));
}

function unchangedText({ savedSecrets }: SignInForm, { key }: Field): string {
  const source = sourceNameIn(savedSecrets[key] ?? '');
  return source === undefined
    ? vscode.l10n.t('Unchanged')
    : vscode.l10n.t('Unchanged: from the source "{0}"', source);
}

/** The prompt of a field, with the reason if it has to be entered again. */
function toPrompt(field: Field, form: SignInForm): string {
  if (!hasSavedSecret(form, field) || keepsSavedSecret(form, field)) return field.prompt;
  return `${reenterText(form)} ${field.prompt}`;
}

function reenterText(form: SignInForm): string {
  return vscode.l10n.t(
    'Enter the credentials again. The address changed to {0}, and saved credentials are never sent to a different address.',
    newOrigins(form).join(', '),
  );
}

async function askAccountName({ form, frame, others }: StepContext): Promise<Answer<StepResult>> {
  const taken = others.map(({ name }) => name);
  const name = form.name ?? uniqueName(form.service?.title ?? '', taken);
  return map(await promptName(frame, name, others), (text) => ({ ...form, name: text }));
}

interface FinishItem extends vscode.QuickPickItem {
  readonly run: () => Promise<Answer<StepResult>>;
}

async function askFinish(asking: StepContext): Promise<Answer<StepResult>> {
  const { form, frame, failure } = asking;
  const placeholder = vscode.l10n.t('Sign in, or select an option to set it first');
  const items = [
    signInItem(asking),
    ...saveItems(form, failure),
    productionItem(form),
    ...optionItems(asking),
  ];
  const answer = await askChoice(frame, { placeholder, items });
  return answer.go === 'next' ? answer.value.run() : answer;
}

function signInItem({ form, services, failure }: StepContext): FinishItem {
  const first = form.account ? vscode.l10n.t('Verify and Save') : vscode.l10n.t('Sign In');
  const run = (): Promise<Answer<StepResult>> => Promise.resolve(next(form, 'verify'));
  if (failure === undefined) {
    const isAnswered = unansweredStep(form, services) === -1;
    const detail = isAnswered ? {} : { detail: reenterText(form) };
    return { label: first, iconPath: new vscode.ThemeIcon('sign-in'), ...detail, run };
  }
  return {
    label: vscode.l10n.t('Retry'),
    iconPath: new vscode.ThemeIcon('refresh'),
    detail: failure.text,
    run,
  };
}

function saveItems(form: SignInForm, failure: SignInFailure | undefined): readonly FinishItem[] {
  if (!failure?.maySave) return [];
  return [
    {
      label: vscode.l10n.t('Save Anyway'),
      iconPath: new vscode.ThemeIcon('save'),
      run: () => Promise.resolve(next(form, 'save')),
    },
  ];
}

function productionItem(form: SignInForm): FinishItem {
  return {
    label: vscode.l10n.t('Production'),
    description: form.production ? vscode.l10n.t('Yes') : vscode.l10n.t('No'),
    detail: vscode.l10n.t('Marked in the tree. Destructive actions require extra confirmation.'),
    run: () => toggleProduction(form),
  };
}

/** Removing the mark of a marked account requires the same confirmation as the command. */
async function toggleProduction(form: SignInForm): Promise<Answer<StepResult>> {
  if (!form.production) return next({ ...form, production: true, unmark: undefined }, 'same');
  if (!form.account?.production) return next({ ...form, production: false }, 'same');
  const answer = await promptToUnmark(true, form.account);
  if (answer.go === 'cancel') return answer;
  if (answer.go === 'back') return next(form, 'same');
  return next({ ...form, production: false, unmark: { typedName: answer.value } }, 'same');
}

function optionItems(asking: StepContext): readonly FinishItem[] {
  const { form, frame, services, sessions, others } = asking;
  return (form.service?.options ?? []).map((field) => {
    const value = initialText(form, field);
    const chosen = field.choices?.find((choice) => choice.value === value);
    const shown = field.secret && value !== '' ? '••••' : (chosen?.label ?? value);
    return {
      label: field.label,
      description: shown === '' ? vscode.l10n.t('Not set') : shown,
      detail: field.prompt,
      run: async () => {
        const { title } = frame;
        const question = { form, services, sessions, others, frame: { title, back: true } };
        const answer = await askField(field, question);
        if (answer.go === 'cancel') return answer;
        return next(answer.go === 'next' ? answer.value.form : form, 'same');
      },
    };
  });
}

function next(form: SignInForm, what: Next = 'next'): Answer<StepResult> {
  return { go: 'next', value: { form, next: what } };
}

function map<T>(answer: Answer<T>, change: (value: T) => SignInForm): Answer<StepResult> {
  return answer.go === 'next' ? next(change(answer.value)) : answer;
}
