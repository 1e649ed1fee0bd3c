import { HttpError } from '../../core/http/errors';
import { problemText, toProblem } from '../../core/services/common/problem';
import type { Problem } from '../../core/services/contract/resource';
import type { LoadedService } from '../../core/services/contract/service';
import type { SignInMethod, Field, Secrets, Account } from '../../core/services/contract/signIn';
import type { AccountChanges, AccountDefinition, ProductionUnmark } from './accounts';
import { coversOrigins, sourceNameIn } from './secretEntry';

/** The answers of a sign-in so far. */
export interface SignInForm {
  readonly service?: LoadedService;
  readonly method?: SignInMethod;
  /** Answers by field key. Answers for other methods are kept, so that nothing has to be typed twice. */
  readonly values: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly production: boolean;
  /** Proof that the user wants to remove the production mark of the edited account. */
  readonly unmark?: ProductionUnmark | undefined;
  /** The account being edited. */
  readonly account?: Account;
  /**
   * The saved secrets of the edited account. A secret left empty keeps its value as long as all secrets go to the same
   * origins as before.
   */
  readonly savedSecrets: Secrets;
}

/** One step of a sign-in. `finish` shows optional settings and starts verification. */
export type SignInStep =
  | { readonly kind: 'service' }
  | { readonly kind: 'method'; readonly service: LoadedService }
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'name' }
  | { readonly kind: 'finish' };

/** The form of a new account. If there is only one service, it is preselected. */
export function emptyForm(services: readonly LoadedService[]): SignInForm {
  const [service] = services;
  const only = service && services.length === 1 ? chooseService(service) : {};
  return { ...only, values: {}, savedSecrets: {}, production: false };
}

/** The form of a saved account, with the method that its secrets belong to. */
export function toForm(account: Account, service: LoadedService, savedSecrets: Secrets): SignInForm {
  const method = service.methods.find(({ fields }) =>
    fields.some(({ key, secret }) => secret && key in savedSecrets),
  );
  return {
    ...chooseService(service),
    ...(method && { method }),
    values: account.settings,
    name: account.name,
    production: account.production,
    account,
    savedSecrets,
  };
}

/** The form after a service was selected. Answers for one service, secrets above all, are never used for another. */
export function withService(form: SignInForm, service: LoadedService): SignInForm {
  if (service === form.service) return form;
  return { ...chooseService(service), values: {}, savedSecrets: {}, production: form.production };
}

/** Selects a service, and its method if there is only one and no file to import. */
function chooseService(service: LoadedService): Pick<SignInForm, 'service' | 'method'> {
  const [method] = service.methods;
  return method && service.methods.length === 1 && !method.importFile ? { service, method } : { service };
}

/** The steps known so far. Later ones depend on the answers. */
export function toSteps(form: SignInForm, services: readonly LoadedService[]): readonly SignInStep[] {
  const { service, method, account } = form;
  const steps: SignInStep[] = [];
  if (!account && services.length > 1) steps.push({ kind: 'service' });
  if (service && !('method' in chooseService(service))) steps.push({ kind: 'method', service });
  for (const field of method?.fields ?? []) steps.push({ kind: 'field', field });
  steps.push({ kind: 'name' }, { kind: 'finish' });
  return steps;
}

/** The initial value of a field: the last answer or the default. Saved secrets are not shown. */
export function initialText(form: SignInForm, field: Field): string {
  return form.values[field.key] ?? field.default ?? '';
}

/** True if leaving the field empty keeps the saved secret. */
export function keepsSavedSecret(form: SignInForm, field: Field): boolean {
  return hasSavedSecret(form, field) && keepsOrigins(form);
}

/** True if the field has a saved secret, even if it can no longer be used. */
export function hasSavedSecret(form: SignInForm, field: Field): boolean {
  return field.secret && field.key in form.savedSecrets;
}

/** The origins for which no secrets were saved. Empty if there are no saved secrets. */
export function newOrigins(form: SignInForm): readonly string[] {
  const before = savedOrigins(form) ?? [];
  return (getOrigins(form) ?? []).filter((origin, at) => origin !== before[at]);
}

/** True if each secret goes to the same origins as before, or to some of them. Only then may saved secrets be sent. */
function keepsOrigins(form: SignInForm): boolean {
  const [before, now] = [savedOrigins(form), getOrigins(form)];
  return before !== undefined && now !== undefined && coversOrigins(before, now);
}

/** The origins that the secrets go to, or undefined if an address is unusable. */
function getOrigins(form: SignInForm): readonly string[] | undefined {
  return form.service && usableOrigins(form.service, pickSettings(form, form.service));
}

function savedOrigins({ account, service }: SignInForm): readonly string[] | undefined {
  return account && service && usableOrigins(service, account.settings);
}

function usableOrigins(service: LoadedService, settings: Account['settings']): readonly string[] | undefined {
  try {
    return service.origins(settings);
  } catch {
    return undefined;
  }
}

/** Validates an answer. @returns the error message, or undefined. `required` is the message for a missing answer. */
export function validationMessage(
  form: SignInForm,
  field: Field,
  text: string,
  required: string,
): string | undefined {
  if (field.secret && sourceNameIn(text) !== undefined) return undefined;
  if (text !== '') return field.validate(text);
  return field.optional || keepsSavedSecret(form, field) ? undefined : required;
}

/** The index in `toSteps` of the first step without a required answer, or -1. */
export function unansweredStep(form: SignInForm, services: readonly LoadedService[]): number {
  return toSteps(form, services).findIndex(
    (step) =>
      step.kind === 'field' &&
      validationMessage(form, step.field, initialText(form, step.field), 'missing') !== undefined,
  );
}

/** `wanted`, followed by a number if another account has that name. */
export function uniqueName(wanted: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** An account to be verified and saved. */
export interface SignInResult {
  readonly definition: AccountDefinition;
  readonly secrets: Secrets;
  /** The new production mark of the edited account. Absent if it does not change. */
  readonly production?: AccountChanges['production'];
}

/** The account that a form describes, or undefined if required parts are missing. */
export function toAccount(form: SignInForm): SignInResult | undefined {
  const { service, method, name, production, account } = form;
  if (!service || !method || !name) return undefined;
  const settings = pickSettings(form, service);
  const definition = { service: service.id, name, production, sample: account?.sample ?? false, settings };
  const saved = keepsOrigins(form) ? form.savedSecrets : {};
  const secrets = { ...pickAnswers(form, saved, true), ...pickAnswers(form, form.values, true) };
  return { definition, secrets, ...productionMark(form) };
}

/** Only what the user changed: another window may have set the mark meanwhile. */
function productionMark({ account, production, unmark }: SignInForm): Pick<SignInResult, 'production'> {
  if (!account || account.production === production) return {};
  const change = production || unmark;
  return change ? { production: change } : {};
}

/** Settings without a field, such as those set through the exported API, are kept. */
function pickSettings(form: SignInForm, service: LoadedService): Account['settings'] {
  const fields = [...service.methods.flatMap((way) => way.fields), ...service.options];
  const asked = new Set(fields.map(({ key }) => key));
  const others = Object.entries(form.account?.settings ?? {}).filter(([key]) => !asked.has(key));
  return { ...Object.fromEntries(others), ...pickAnswers(form, form.values, false) };
}

/** The answers to fields of the chosen method and options, either secret or not. */
function pickAnswers(
  { service, method }: SignInForm,
  texts: Readonly<Record<string, string>>,
  secret: boolean,
): Readonly<Record<string, string>> {
  const fields = [...(method?.fields ?? []), ...(service?.options ?? [])];
  const keys = new Set(fields.filter((field) => field.secret === secret).map(({ key }) => key));
  return Object.fromEntries(Object.entries(texts).filter(([key, text]) => keys.has(key) && text !== ''));
}

/** The account as far as a form describes it, without one field: for asking the service for choices of that field. */
export function partialAccount(form: SignInForm, fieldKey: string): SignInResult | undefined {
  const name = form.name ?? form.service?.title;
  return toAccount({ ...form, values: { ...form.values, [fieldKey]: '' }, ...(name && { name }) });
}

/** Why a sign-in does not work, and which answer is wrong. */
export interface SignInFailure {
  /** What, why, and what to do. */
  readonly text: string;
  /** The key of the field to correct, if the failure names it. */
  readonly wrongField?: string | undefined;
  /** The host that could not be reached. */
  readonly unreachedHost?: string | undefined;
  /** True if the credentials are wrong, whichever they are. */
  readonly isRefused: boolean;
  /** True if an account may be saved without verification: the service could not be reached. */
  readonly maySave: boolean;
}

/** The failure of a verification. */
export function toFailure(error: unknown): SignInFailure {
  const problem = toProblem(error);
  const kind = error instanceof HttpError ? error.kind : undefined;
  return {
    text: problemText(problem),
    // What answers there is another server.
    wrongField: problem.wrongField ?? (kind === 'protocol' || kind === 'notFound' ? 'endpoint' : undefined),
    unreachedHost: error instanceof HttpError ? error.unreachedHost : undefined,
    isRefused: error instanceof HttpError && error.blamesAccount,
    maySave: kind === 'network' || kind === 'timeout',
  };
}

/** A failure that is shown already, which editing the account can fix. */
export function failureOfProblem(problem: Problem): SignInFailure {
  return { text: problemText(problem), wrongField: problem.wrongField, isRefused: true, maySave: false };
}

/**
 * The step to return to after a failure: the field that is wrong, or that holds the address of the host that was not
 * reached; for wrong credentials, the first secret. The last step if no answer is to blame, or it is an option: options
 * are set there.
 * @param getText the answer to a field.
 */
export function stepToFix(
  steps: readonly SignInStep[],
  { wrongField, unreachedHost, isRefused }: Omit<SignInFailure, 'text' | 'maySave'>,
  getText: (field: Field) => string,
): number {
  const find = (matches: (field: Field) => boolean): number =>
    steps.findIndex((step) => step.kind === 'field' && matches(step.field));
  const named = find((field) => field.key === wrongField || hasHost(unreachedHost, field, getText));
  if (named >= 0) return named;
  const secret = isRefused && wrongField === undefined ? find((field) => field.secret) : -1;
  return secret >= 0 ? secret : steps.length - 1;
}

function hasHost(host: string | undefined, field: Field, getText: (field: Field) => string): boolean {
  if (host === undefined || field.secret) return false;
  const address = getText(field);
  return URL.canParse(address) && new URL(address).host === host;
}
