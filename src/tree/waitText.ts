import * as l10n from '@vscode/l10n';
import type { Wait } from '../http/client';

/** A pause before a request goes out, for a person. */
export function waitText({ reason, delay }: Wait): string {
  const seconds = Math.ceil(delay / 1000);
  return reason === 'retry'
    ? l10n.t('The service did not answer as it should. Trying again in {0} s.', seconds)
    : l10n.t('The service limits the number of requests. Going on in {0} s.', seconds);
}
