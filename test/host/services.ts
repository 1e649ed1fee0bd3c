import assert from 'node:assert/strict';
import type { ApiResourceKind } from '../../src/api';
import type { SampleService } from '../../src/sample/server';
import type { SignIn } from './explorer';

/** A service besides Adobe CJA, as its sample plays it and as the tree shows it. */
export interface Shown {
  readonly service: string;
  /** Every way to sign in; the first is what the other tests use. */
  readonly signIns: Readonly<Record<string, (sample: SampleService) => SignIn>>;
  /** The secret that is wrong in a wrong sign-in, and what is said of it. */
  readonly wrong: { readonly secret: string; readonly text: RegExp };
  /** Where the connections are listed: the steps of the path below the account. */
  readonly listedIn: string;
  /** The request that lists them. */
  readonly list: RegExp;
  /** Every way down the tree to where it ends. */
  readonly branches: readonly (readonly ApiResourceKind[])[];
}

const toDatadog = (sample: SampleService, secrets: Readonly<Record<string, string>>): SignIn => ({
  service: 'datadog',
  settings: { ...sample.datadog.credentials.settings },
  secrets,
});

const toImmuta = (sample: SampleService, secrets: Readonly<Record<string, string>>): SignIn => ({
  service: 'immuta',
  settings: { ...sample.immuta.credentials.settings },
  secrets,
});

const datadog: Shown = {
  service: 'datadog',
  signIns: {
    'both keys': (sample) => toDatadog(sample, { ...sample.datadog.credentials.secrets }),
    'a token': (sample) => toDatadog(sample, { token: sample.datadog.token }),
  },
  wrong: { secret: 'applicationKey', text: /application key/i },
  listedIn: '/entity:users',
  list: /users\/mapping\/connections$/,
  branches: [
    ['entity', 'connection', 'field'],
    ['entity', 'group', 'field'],
  ],
};

const krenalis: Shown = {
  service: 'krenalis',
  signIns: {
    'a key of the organization and a workspace': ({ krenalis: { credentials } }) => ({
      service: 'krenalis',
      settings: { ...credentials.settings },
      secrets: { ...credentials.secrets },
    }),
    'a key of the workspace': ({ origin, krenalis }) => ({
      service: 'krenalis',
      settings: { endpoint: origin },
      secrets: { apiKey: krenalis.restrictedKey },
    }),
  },
  wrong: { secret: 'apiKey', text: /key/i },
  listedIn: '',
  list: /\/v1\/connections$/,
  branches: [
    ['connection', 'pipeline', 'run'],
    ['connection', 'group', 'identity'],
  ],
};

export const immuta: Shown = {
  service: 'immuta',
  signIns: {
    'an API key': (sample) => toImmuta(sample, { ...sample.immuta.credentials.secrets }),
    'a token': (sample) => toImmuta(sample, { token: sample.immuta.issueToken() }),
  },
  wrong: { secret: 'apiKey', text: /key/i },
  listedIn: '',
  list: /\/api\/connections$/,
  branches: [
    ['connection', 'dataObject', 'dataObject', 'dataObject', 'dataObject'],
    ['connection', 'group', 'task', 'run'],
    ['connection', 'group', 'task', 'task', 'run'],
  ],
};

/** All of them. */
export const shown: readonly Shown[] = [datadog, krenalis, immuta];

/** The first way to sign in to a service. */
export function firstSignIn({ signIns }: Shown): (sample: SampleService) => SignIn {
  return Object.values(signIns)[0] ?? assert.fail('no way to sign in');
}
