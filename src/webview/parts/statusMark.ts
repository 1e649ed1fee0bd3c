import type { StatusModel } from '../../panel/models';
import { plainText } from '../../text/plainText';
import { stateIcons } from '../../tree/stateIcons';
import { element } from '../element';
import { icon } from './icon';

type State = StatusModel['state'];

/** The icon of a status, coloured by the class `state-…`, without words. */
export function statusIcon(state: State): HTMLElement {
  const made = icon(stateIcons[state]);
  made.classList.add(`state-${state}`);
  return made;
}

/** A status as icon and words. */
export function statusMark({ state, text }: StatusModel): HTMLElement {
  const words = plainText(text);
  return element(
    'span',
    { className: 'status-mark', title: words },
    statusIcon(state),
    element('span', {}, words),
  );
}
