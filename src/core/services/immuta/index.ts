import type { Service } from '../contract/service';
import type { SignInMethod, Field } from '../contract/signIn';
import { options, origins, signInMethods } from './signIn/signIn';

/**
 * Immuta, by its Connections API. Texts are created on access, because the language is not known when this module is
 * loaded.
 */
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
  capabilities: ['create', 'edit', 'delete', 'activate', 'deactivate', 'validate', 'sync', 'cancel', 'runs'],
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
