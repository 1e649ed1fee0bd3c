import { createSignIn as createCjaSignIn } from '../../src/core/services/cja/signIn/signIn';
import { createSignIn as createDatadogSignIn } from '../../src/core/services/datadog/signIn/signIn';
import { createSignIn as createImmutaSignIn } from '../../src/core/services/immuta/signIn/signIn';
import { createSignIn as createKrenalisSignIn } from '../../src/core/services/krenalis/signIn/signIn';
import { services } from '../../src/core/services/registry';
import type { LoadedService } from '../../src/core/services/contract/service';
import type { SignIn } from '../../src/core/services/contract/signIn';

const SIGN_IN_FACTORIES: Readonly<Record<string, () => SignIn>> = {
  cja: createCjaSignIn,
  datadog: createDatadogSignIn,
  immuta: createImmutaSignIn,
  krenalis: createKrenalisSignIn,
};

/** All services with their sign-in, available synchronously, because tests are declared per service. */
export function loadedServices(): readonly LoadedService[] {
  return services.map(({ id }) => loadedService(id));
}

/** @throws Error for a service without an entry above. */
export function loadedService(id: string): LoadedService {
  const service = services.find((each) => each.id === id);
  const create = SIGN_IN_FACTORIES[id];
  if (!service || !create) throw new Error(`No sign-in for ${id}`);
  return { ...service, ...create() };
}
