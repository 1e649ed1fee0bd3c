import type { Problem } from '../panel/protocol';
import { element } from './element';
import { remedyButton } from './parts/remedyButton';
import { statusIcon } from './parts/statusMark';

/** What is done about a failure. */
export type RemedyWishes = Readonly<Record<Problem['remedies'][number], () => void>>;

/** What went wrong: what, why, what to do, and a button for each remedy. */
export function problemBox({ what, why, advice, remedies }: Problem, wishes: RemedyWishes): HTMLElement {
  const words = [why, ...(advice === undefined ? [] : [advice])].map((text) => element('p', {}, text));
  const told = element('div', {}, element('strong', {}, what), ...words);
  const buttons = remedies.map((remedy) => remedyButton(remedy, wishes[remedy]));
  return element('div', { className: 'problem' }, statusIcon('failed'), told, ...buttons);
}
