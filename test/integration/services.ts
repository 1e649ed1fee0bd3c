import assert from 'node:assert/strict';
import type { ApiResourceKind } from '../../src/api';
import type { SampleService } from '../../src/sample/server';
import { signInTo, type SignIn } from './explorer';

/** A service besides Adobe CJA, as its sample plays it and as the tree shows it. */
export interface Shown {
  readonly service: string;
  /** Every way to sign in; the first is what the other tests use. */
  readonly signIns: Readonly<Record<string, (sample: SampleService) => SignIn>>;
  /** The wrong secret of a failed sign-in, and its message. */
  readonly wrong: { readonly secret: string; readonly text: RegExp };
  /** The list of the connections: the steps of its path below the account. */
  readonly listedIn: string;
  /** The request that lists them. */
  readonly list: RegExp;
  /** Every way down the tree to a leaf. */
  readonly branches: readonly (readonly ApiResourceKind[])[];
}

const datadog: Shown = {
  service: 'datadog',
  signIns: {
    'both keys': (sample) => signInTo('datadog', sample),
    'a token': (sample) => ({ ...signInTo('datadog', sample), secrets: { token: sample.datadog.token } }),
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
    'a key of the organization and a workspace': (sample) => signInTo('krenalis', sample),
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
    'an API key': (sample) => signInTo('immuta', sample),
    'a token': (sample) => ({
      ...signInTo('immuta', sample),
      secrets: { token: sample.immuta.issueToken() },
    }),
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
