import type { Service } from '../contract/service';

/** Datadog Product Analytics. */
export const datadog: Service = {
  id: 'datadog',
  title: 'Datadog Product Analytics',
  icon: 'pulse',
  capabilities: ['create', 'edit', 'delete'],
  hasPages: false,
  canonicalJson: {
    volatileKeys: ['created_at', 'created_by', 'updated_at', 'updated_by'],
    idKeys: ['id', 'attribute'],
  },
  loadSignIn: async () => (await import('./signIn/signIn')).createSignIn(),
  connect: async (...sign) => (await import('./session')).connect(...sign),
};
