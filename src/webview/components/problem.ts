import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { Problem } from '../../shared/protocol';
import { element } from './elements';
import { statusIcon } from './icons';
import * as l10n from '@vscode/l10n';

/** What is done about a failure. */
export type RemedyActions = Readonly<Record<Problem['remedies'][number], () => void>>;

/** What went wrong: what, why, what to do, and a button for each remedy. */
export function problemBox({ what, why, advice, remedies }: Problem, actions: RemedyActions): HTMLElement {
  const words = [why, ...(advice === undefined ? [] : [advice])].map((text) => element('p', {}, text));
  const told = element('div', {}, element('strong', {}, what), ...words);
  const buttons = remedies.map((remedy) => remedyButton(remedy, actions[remedy]));
  return element('div', { className: 'problem' }, statusIcon('failed'), told, ...buttons);
}

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
