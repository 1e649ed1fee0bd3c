import { createRequire } from 'node:module';
import type { SampleSignIn } from './accounts/sessions';
import type { SampleService, startSampleService } from './sample/main';
import type { Disposable } from './services/emitter';

/** The embedded sample service, as the extension uses it. */
export interface SampleStarter extends Disposable {
  /** Starts the service, or gives the sign-in of the one that runs. It stops with the window. */
  readonly start: () => Promise<SampleSignIn>;
}

/** Loads and starts the sample service when it is first needed: its bundle costs nothing before. */
export function sampleStarter(): SampleStarter {
  let running: Promise<SampleService> | undefined;
  return {
    start: async () => {
      running ??= load()();
      return (await running).credentials;
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
