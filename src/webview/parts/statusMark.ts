import type { StatusModel } from '../../panel/models';
import { plainText } from '../../tree/plainText';
import { element } from '../element';
import { icon } from './icon';

type State = StatusModel['state'];

/** The icons of the states. Each has a shape of its own, so that none is told by its colour alone. */
const icons: Readonly<Record<State, string>> = {
  ok: 'pass',
  running: 'sync',
  queued: 'clock',
  warning: 'warning',
  failed: 'error',
  inactive: 'circle-slash',
  unknown: 'question',
};

/** The icon of a status, coloured by the class `state-…`, without words. */
export function statusIcon(state: State): HTMLElement {
  const made = icon(icons[state]);
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
