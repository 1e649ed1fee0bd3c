import { createRequire } from 'node:module';
import type { SampleSignIn } from './sessions';
import type { SampleService, startSampleService } from '../../sample/main';
import type { Disposable } from '../../core/base/emitter';

/** The embedded sample service, as the extension uses it. */
export interface SampleStarter extends Disposable {
  /** Starts the sample, or takes the one that runs, and tells how to sign in to its part for a service. It stops with the window. */
  readonly start: (service: string) => Promise<SampleSignIn>;
}

/** Loads and starts the sample service when it is first needed: its bundle costs nothing before. */
export function sampleStarter(): SampleStarter {
  let running: Promise<SampleService> | undefined;
  return {
    start: async (service) => {
      running ??= load()();
      return signInTo(await running, service);
    },
    dispose: () => {
      void running?.then((service) => service.close());
    },
  };
}

function load(): typeof startSampleService {
  const bundle = createRequire(__filename)('./sample.js') as {
    startSampleService: typeof startSampleService;
  };
  return bundle.startSampleService;
}

function signInTo(sample: SampleService, service: string): SampleSignIn {
  switch (service) {
    case 'datadog':
      return sample.datadog.credentials;
    case 'krenalis':
      return sample.krenalis.credentials;
    case 'immuta':
      return sample.immuta.credentials;
    default:
      return sample.credentials;
  }
}
