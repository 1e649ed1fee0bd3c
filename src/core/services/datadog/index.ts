import type { Service } from '../contract/service';
import type { Glossary } from '../contract/properties';

/**
 * Datadog Product Analytics. Texts are created on access, because the language is not known when this module is loaded.
 */
export const datadog: Service = {
  id: 'datadog',
  title: 'Datadog Product Analytics',
  icon: 'pulse',
  get glossaries(): readonly Glossary[] {
    return [];
  },
  capabilities: ['create', 'edit', 'delete'],
  hasPages: false,
  canonicalJson: {
    volatileKeys: ['created_at', 'created_by', 'updated_at', 'updated_by'],
    idKeys: ['id', 'attribute'],
  },
  loadSignIn: async () => (await import('./signIn/signIn')).createSignIn(),
  connect: async (...sign) => (await import('./session')).connect(...sign),
};
