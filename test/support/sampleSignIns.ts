import type { SampleService } from '../../src/sample/server';

/** What an account needs to know of a sample service: what the exported API takes. */
export interface SignIn {
  /** The id of the service. */
  readonly service: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** The first way to sign in to each service that a sample plays, at the sample's own addresses. */
export function signInsTo({ credentials, datadog, krenalis, immuta }: SampleService): readonly SignIn[] {
  const all = {
    cja: credentials,
    datadog: datadog.credentials,
    krenalis: krenalis.credentials,
    immuta: immuta.credentials,
  };
  return Object.entries(all).map(([service, { settings, secrets }]) => ({
    service,
    settings: { ...settings },
    secrets: { ...secrets },
  }));
}

/** That of one service, by its id. @throws Error for a service that the sample does not play */
export function signInTo(service: string, sample: SampleService): SignIn {
  const found = signInsTo(sample).find((signIn) => signIn.service === service);
  if (!found) throw new Error(`The sample plays no ${service}`);
  return found;
}
