import * as l10n from '@vscode/l10n';
import type { Resource } from '../services/service';
import { plainText } from '../text/plainText';

/** Long enough to tell resources apart in a message. */
const MAX_LENGTH = 80;

/** The name of a resource in a message, on one line. */
export function nameOf({ label }: Pick<Resource, 'label'>): string {
  return plainText(label, MAX_LENGTH) || l10n.t('(no name)');
}
