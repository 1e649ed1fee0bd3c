import type { Service } from '../contract/service';

/** Immuta, by its Connections API. */
export const immuta: Service = {
  id: 'immuta',
  title: 'Immuta',
  icon: 'shield',
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
