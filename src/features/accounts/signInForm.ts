import { HttpError } from '../../core/http/errors';
import type { Service } from '../../core/services/contract/service';
import type { SignInMethod, Field, Secrets, Account } from '../../core/services/contract/signIn';
import type { AccountChanges, AccountDefinition, ProductionUnmark } from './accounts';
import { sameOrigins } from './secretEntry';

/** What a sign-in has been told so far. */
export interface SignInForm {
  readonly service?: Service;
  readonly method?: SignInMethod;
  /** Answers by field key; those of another method stay, so that nothing is typed twice. */
  readonly values: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly production: boolean;
  /** Proof that a person wants the production mark of the edited account to go. */
  readonly unmark?: ProductionUnmark | undefined;
  /** The account that is edited. */
  readonly account?: Account;
  /**
   * The secrets that the edited account has. One that is left empty keeps its value, as long as all of them go where
   * they went before.
   */
  readonly savedSecrets: Secrets;
}

/** One question of a sign-in. `finish` shows the optional settings and leads on to verification. */
export type SignInStep =
  | { readonly kind: 'service' }
  | { readonly kind: 'method'; readonly service: Service }
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'name' }
  | { readonly kind: 'finish' };

/** The form of an account to be added; a service that is the only one is chosen already. */
export function emptyForm(services: readonly Service[]): SignInForm {
  const [service] = services;
  const only = service && services.length === 1 ? chooseService(service) : {};
  return { ...only, values: {}, savedSecrets: {}, production: false };
}

/** The form of a saved account, with the method that its secrets are of. */
export function toForm(account: Account, service: Service, savedSecrets: Secrets): SignInForm {
  const method = service.signIn.find(({ fields }) =>
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

/** The form after a service was chosen. What was typed for one service is for no other: secrets above all. */
export function withService(form: SignInForm, service: Service): SignInForm {
  if (service === form.service) return form;
  return { ...chooseService(service), values: {}, savedSecrets: {}, production: form.production };
}

/** What choosing a service settles: the method too, where there is one way in and no file to import. */
function chooseService(service: Service): Pick<SignInForm, 'service' | 'method'> {
  const [method] = service.signIn;
  return method && service.signIn.length === 1 && !method.importFile ? { service, method } : { service };
}

/** The questions of a sign-in as far as they are known; later ones depend on the answers. */
export function toSteps(form: SignInForm, services: readonly Service[]): readonly SignInStep[] {
  const { service, method, account } = form;
  const steps: SignInStep[] = [];
  if (!account && services.length > 1) steps.push({ kind: 'service' });
  if (service && !('method' in chooseService(service))) steps.push({ kind: 'method', service });
  for (const field of method?.fields ?? []) steps.push({ kind: 'field', field });
  steps.push({ kind: 'name' }, { kind: 'finish' });
  return steps;
}

/** What a field shows before anything is typed: the last answer, else its default. A saved secret is not shown. */
export function initialText(form: SignInForm, field: Field): string {
  return form.values[field.key] ?? field.default ?? '';
}

/** True where leaving the field empty keeps the secret that is saved. */
export function keepsSavedSecret(form: SignInForm, field: Field): boolean {
  return hasSavedSecret(form, field) && keepsOrigins(form);
}

/** True for a field whose secret is saved, whether it may still be used or not. */
export function hasSavedSecret(form: SignInForm, field: Field): boolean {
  return field.secret && field.key in form.savedSecrets;
}

/** The origins of the answers that the saved secrets were not entered for; empty if none are saved. */
export function newOrigins(form: SignInForm): readonly string[] {
  const before = savedOrigins(form) ?? [];
  return (getOrigins(form) ?? []).filter((origin, at) => origin !== before[at]);
}

/** True if each secret goes where it went before: only then may the saved ones be sent. */
function keepsOrigins(form: SignInForm): boolean {
  const [before, now] = [savedOrigins(form), getOrigins(form)];
  return before !== undefined && now !== undefined && sameOrigins(before, now);
}

/** Where the secrets of a form go; undefined if an address is unusable. */
function getOrigins(form: SignInForm): readonly string[] | undefined {
  return form.service && usableOrigins(form.service, pickSettings(form, form.service));
}

function savedOrigins({ account, service }: SignInForm): readonly string[] | undefined {
  return account && service && usableOrigins(service, account.settings);
}

function usableOrigins(service: Service, settings: Account['settings']): readonly string[] | undefined {
  try {
    return service.origins(settings);
  } catch {
    return undefined;
  }
}

/** @returns what is wrong with an answer, or undefined; `required` is the text for one that is missing. */
export function validationMessage(
  form: SignInForm,
  field: Field,
  text: string,
  required: string,
): string | undefined {
  if (text !== '') return field.validate(text);
  return field.optional || keepsSavedSecret(form, field) ? undefined : required;
}

/** The place of the first question that lacks its answer among those of `stepsOf`; -1 if none does. */
export function unansweredStep(form: SignInForm, services: readonly Service[]): number {
  return toSteps(form, services).findIndex(
    (step) =>
      step.kind === 'field' &&
      validationMessage(form, step.field, initialText(form, step.field), 'missing') !== undefined,
  );
}

/** `wanted`, with a number behind it where another account has that name. */
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
  /** What becomes of the production mark of an account that is edited; absent if it stays as it is. */
  readonly production?: AccountChanges['production'];
}

/** The account that a form describes, or undefined where it is not filled in as far as that. */
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

/** Settings that no form asks for, such as those of the exported API, outlive an edit. */
function pickSettings(form: SignInForm, service: Service): Account['settings'] {
  const fields = [...service.signIn.flatMap((way) => way.fields), ...service.options];
  const asked = new Set(fields.map(({ key }) => key));
  const others = Object.entries(form.account?.settings ?? {}).filter(([key]) => !asked.has(key));
  return { ...Object.fromEntries(others), ...pickAnswers(form, form.values, false) };
}

/** Of some texts by key those that are answers to questions of the chosen method and options, secret or not. */
function pickAnswers(
  { service, method }: SignInForm,
  texts: Readonly<Record<string, string>>,
  secret: boolean,
): Readonly<Record<string, string>> {
  const fields = [...(method?.fields ?? []), ...(service?.options ?? [])];
  const keys = new Set(fields.filter((field) => field.secret === secret).map(({ key }) => key));
  return Object.fromEntries(Object.entries(texts).filter(([key, text]) => keys.has(key) && text !== ''));
}

/** The account as far as a form describes it, without one field: for asking the service what that field may be. */
export function partialAccount(form: SignInForm, fieldKey: string): SignInResult | undefined {
  const name = form.name ?? form.service?.title;
  return toAccount({ ...form, values: { ...form.values, [fieldKey]: '' }, ...(name && { name }) });
}

/** Failures that say nothing about the answers. */
const unrelated: ReadonlySet<string> = new Set(['network', 'timeout', 'server', 'rateLimit']);

/**
 * Where to go back to after a failed verification: the field that the error names; else, for wrong credentials,
 * the secret; else the first field. The last step where the answers are not to blame.
 */
export function stepToFix(steps: readonly SignInStep[], error: unknown): number {
  const last = steps.length - 1;
  if (!(error instanceof HttpError) || unrelated.has(error.kind)) return last;
  const find = (matches: (field: Field) => boolean): number =>
    steps.findIndex((step) => step.kind === 'field' && matches(step.field));
  const said = letters(`${error.code ?? ''} ${error.message}`);
  const candidates = [
    find(({ key, label }) => said.includes(letters(key)) || said.includes(letters(label))),
    error.kind === 'authentication' ? find(({ secret }) => secret) : -1,
    find(() => true),
  ];
  return candidates.find((index) => index >= 0) ?? last;
}

/** True where an account may be saved without proof: the service could not be asked. */
export function maySaveUnverified(error: unknown): boolean {
  return error instanceof HttpError && (error.kind === 'network' || error.kind === 'timeout');
}

/** `client_id`, `clientId` and `Client ID` are one word. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
