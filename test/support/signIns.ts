import type { Field, Secrets, Account, SignIn } from '../../src/core/services/contract/signIn';

/** Settings and secrets to sign in to each service, without addresses. */
export const SIGN_INS: Readonly<Record<string, Pick<Account, 'settings'> & { readonly secrets: Secrets }>> = {
  cja: { settings: { orgId: 'A@AdobeOrg', clientId: 'c' }, secrets: { clientSecret: 's' } },
  datadog: { settings: {}, secrets: { apiKey: 'a', applicationKey: 'b' } },
  krenalis: { settings: {}, secrets: { apiKey: 'api_x' } },
  immuta: { settings: { endpoint: 'https://x.immutacloud.com' }, secrets: { apiKey: 'k' } },
};

/** The settings of a service that contain an address. */
export function addressKeys({ methods, options }: SignIn): readonly string[] {
  const fields = [...methods.flatMap((method) => method.fields), ...options];
  return [...new Set(fields.filter(isAddress).map(({ key }) => key))];
}

/** True for a field that accepts an address. */
export function isAddress(field: Field): boolean {
  return (
    !field.secret &&
    field.validate('https://a.example') === undefined &&
    field.validate('https://a.example/path') !== undefined
  );
}

/** Settings that switch on every option that is chosen from a list: an address may be used only with one. */
export function optionsSwitchedOn({ options }: SignIn): Readonly<Record<string, string>> {
  const chosen = options.flatMap(({ key, choices }) => {
    const value = choices?.at(-1)?.value ?? '';
    return value === '' ? [] : [[key, value] as const];
  });
  return Object.fromEntries(chosen);
}
