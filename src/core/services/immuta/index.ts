import type { Service } from '../contract/service';
import type { SignInMethod, Field } from '../contract/signIn';
import { options, origins, signInMethods } from './signIn/signIn';

/** Immuta, by its Connections API. Its texts are made when they are asked for, for the language is known late. */
export const immuta: Service = {
  id: 'immuta',
  title: 'Immuta',
  get signIn(): readonly SignInMethod[] {
    return signInMethods();
  },
  get options(): readonly Field[] {
    return options();
  },
  glossaries: [],
  hasPages: true,
  canonicalJson: {
    volatileKeys: [
      'createdAt',
      'createdBy',
      'updatedAt',
      'updatedBy',
      'lastSyncedAt',
      'remoteCreatedAt',
      'remoteUpdatedAt',
      'startedAt',
      'completedAt',
    ],
    idKeys: ['id', 'connectionKey', 'taskId', 'runId'],
  },
  origins,
  connect: async (...sign) => (await import('./session')).connect(...sign),
};
