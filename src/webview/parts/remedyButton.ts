import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import type { Problem } from '../../panel/protocol';
import { element } from '../element';

/** A button that does something about a failure, named as in the tree. */
export function remedyButton(
  remedy: Problem['remedies'][number],
  run: () => void,
  { secondary = false } = {},
): HTMLElement {
  const label = remedy === 'retry' ? l10n.t('Retry') : l10n.t('Edit Account…');
  const button = element('vscode-button', { secondary }, label);
  button.addEventListener('click', run);
  return button;
}
