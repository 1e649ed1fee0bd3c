import { createRequire } from 'node:module';
import type { SampleSignIn } from './sessions';
import type { SampleService, startSampleService } from '../../sample/main';
import type { Disposable } from '../../core/base/emitter';

/** The embedded sample service, as the extension uses it. */
export interface SampleStarter extends Disposable {
  /** Starts the sample, if it does not run yet, and returns a sign-in to its part for a service. It stops with the window. */
  readonly start: (service: string) => Promise<SampleSignIn>;
}

/** The bundle of the sample service is loaded when it is first needed. */
export function sampleStarter(): SampleStarter {
  let running: Promise<SampleService> | undefined;
  return {
    start: async (service) => {
      running ??= load()();
      return (await running).credentials(service);
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
