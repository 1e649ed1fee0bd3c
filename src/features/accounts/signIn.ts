import * as vscode from 'vscode';
import type { LoadedService } from '../../core/services/contract/service';
import type { Field, Identity, Secrets } from '../../core/services/contract/signIn';
import type { Accounts, AccountDefinition } from './accounts';
import type { Sessions } from './sessions';
import {
  initialText,
  toAccount,
  toSteps,
  stepToFix,
  toFailure,
  unansweredStep,
  type SignInFailure,
  type SignInForm,
  type SignInResult,
} from './signInForm';
import { promptStep, type Next } from './promptStep';
import { cancellable } from '../../ui/cancellation';

export interface SignInContext {
  readonly accounts: Pick<Accounts, 'list'>;
  readonly sessions: Pick<Sessions, 'verify' | 'choices'>;
  readonly services: readonly LoadedService[];
}

/** A completed sign-in. The identity is absent if the user saved without verification. */
export interface SignedIn extends SignInResult {
  readonly identity?: Identity;
}

/** The state of a sign-in. */
interface Place {
  readonly form: SignInForm;
  readonly position: number;
  /** Why the last verification failed, until the step at `position` is answered. */
  readonly failure?: SignInFailure | undefined;
  /** True once a verification failed: the next answer is verified right away, because the others were given. */
  readonly corrects?: boolean;
  /**
   * The form when an answer was to blame for choices that could not be loaded. Who leaves that answer unchanged is not
   * asked for it again.
   */
  readonly blamed?: SignInForm | undefined;
}

/**
 * Asks for everything that an account needs, and verifies it. If verification fails, returns to the answer that is most
 * likely wrong and keeps all answers. When that is corrected, it verifies again.
 * @param failure why the saved sign-in does not work: begins with the answer to correct.
 * @returns undefined if the user canceled.
 */
export async function signIn(
  context: SignInContext,
  form: SignInForm,
  failure?: SignInFailure,
): Promise<SignedIn | undefined> {
  let place: Place | SignedIn | undefined =
    failure && form.method ? placeToFix(context, form, failure) : { form, position: 0 };
  while (place && 'form' in place) place = await advance(context, place);
  return place;
}

async function advance(context: SignInContext, place: Place): Promise<Place | SignedIn | undefined> {
  const { form, position, failure, corrects = false, blamed } = place;
  const steps = toSteps(form, context.services);
  const step = steps[position];
  if (!step) return undefined;
  const title = form.account
    ? vscode.l10n.t('Edit Account "{0}"', form.account.name)
    : vscode.l10n.t('Add Account');
  const others = context.accounts.list().filter(({ id }) => id !== form.account?.id);
  // The number of steps depends on the method.
  const count = form.method && { step: position + 1, totalSteps: steps.length };
  const frame = { title, ...count, back: position > 0 };
  const { services, sessions } = context;
  const isCausedEarlier = (found: SignInFailure): boolean => {
    const at = findCause(context, form, found);
    const cause = steps[at];
    if (at >= position || cause?.kind !== 'field') return false;
    return !blamed || !isSameAnswer(cause.field, blamed, form);
  };
  const asking = { form, frame, services, sessions, others, failure, isCausedEarlier };
  const answer = await promptStep(step, asking);
  if (answer.go === 'cancel') return undefined;
  if (answer.go === 'back') return { form, position: position - 1, blamed };
  const { form: answered, next } = answer.value;
  const isCorrected = corrects && step.kind === 'field' && next === 'next';
  // Who finds nothing wrong with an address can try again, or save it, at the last step.
  if (isCorrected && failure?.maySave && isSameAnswer(step.field, form, answered))
    return { form: answered, position: steps.length - 1, failure, corrects };
  return follow(context, { ...place, form: answered }, isCorrected ? 'verify' : next);
}

function isSameAnswer(field: Field, before: SignInForm, after: SignInForm): boolean {
  return initialText(before, field) === initialText(after, field);
}

function placeToFix(context: SignInContext, form: SignInForm, failure: SignInFailure): Place {
  return { form, position: findCause(context, form, failure), failure, corrects: true };
}

/** The step of the answer that is most likely wrong. */
function findCause(
  { services }: Pick<SignInContext, 'services'>,
  form: SignInForm,
  failure: SignInFailure,
): number {
  return stepToFix(toSteps(form, services), failure, (field) => initialText(form, field));
}

async function follow(
  context: SignInContext,
  place: Place,
  next: Next,
): Promise<Place | SignedIn | undefined> {
  const { form, position, blamed } = place;
  if (next === 'same') return place;
  if (next === 'next') return { form, position: position + 1, blamed };
  if (typeof next === 'object')
    return { form, position: findCause(context, form, next), failure: next, blamed: form };
  // If the last answer changed the origins, saved secrets can no longer be used.
  const missing = unansweredStep(form, context.services);
  if (missing !== -1) return { form, position: missing, corrects: true };
  const result = toAccount(form);
  if (!result || next === 'save') return result;
  try {
    const identity = await verify(context.sessions, result.definition, result.secrets);
    return identity ? { ...result, identity } : { form, position };
  } catch (error) {
    return placeToFix(context, form, toFailure(error));
  }
}

/**
 * Verifies a sign-in, with a progress notification that can be canceled.
 * @returns undefined if the user canceled.
 * @throws HttpError if verification fails.
 */
export function verify(
  sessions: Pick<Sessions, 'verify'>,
  definition: AccountDefinition,
  secrets: Secrets,
): Promise<Identity | undefined> {
  const title = vscode.l10n.t('Verifying "{0}"', definition.name);
  return cancellable(title, (call) => sessions.verify(definition, secrets, call));
}
