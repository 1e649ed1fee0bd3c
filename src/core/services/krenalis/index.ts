import * as l10n from '@vscode/l10n';
import type { Service } from '../contract/service';

/**
 * Krenalis, at any installation. There is no client-side rate limit: the service's own is generous (60 to 20,000 requests a minute, by
 * organization), and its 429 says how long to wait.
 */
export const krenalis: Service = {
  id: 'krenalis',
  title: 'Krenalis',
  icon: 'broadcast',
  glossaries: () => [{ id: 'connectors', title: l10n.t('Connectors') }],
  capabilities: ['create', 'edit', 'delete', 'link', 'unlink', 'start', 'enable', 'disable', 'runs'],
  hasPages: false,
  canonicalJson: { volatileKeys: ['running', 'startTime', 'endTime', 'updatedAt'], idKeys: ['id'] },
  loadSignIn: async () => (await import('./signIn/signIn')).createSignIn(),
  connect: async (...sign) => (await import('./session')).connect(...sign),
};
