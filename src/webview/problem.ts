import * as l10n from '@vscode/l10n';
import type { Problem } from '../panel/protocol';
import { element } from './element';
import { statusIcon } from './parts/statusMark';

/** What went wrong: what, why, what to do, and a button where trying again can help. */
export function problemBox({ what, why, advice, retry }: Problem, tryAgain: () => void): HTMLElement {
  const words = [why, ...(advice === undefined ? [] : [advice])].map((text) => element('p', {}, text));
  const told = element('div', {}, element('strong', {}, what), ...words);
  const box = element('div', { className: 'problem' }, statusIcon('failed'), told);
  if (retry) {
    const button = element('vscode-button', {}, l10n.t('Try Again'));
    button.addEventListener('click', tryAgain);
    box.append(button);
  }
  return box;
}
