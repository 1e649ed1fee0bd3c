import type { Service } from '../contract/service';

/**
 * Immuta, by its Connections API. Texts are created on access, because the language is not known when this module is
 * loaded.
 */
export const immuta: Service = {
  id: 'immuta',
  title: 'Immuta',
  icon: 'shield',
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
  loadSignIn: async () => (await import('./signIn/signIn')).createSignIn(),
  connect: async (...sign) => (await import('./session')).connect(...sign),
};
