import type { StatusModel } from '../../shared/models';
import { plainText } from '../../shared/plainText';
import { stateIcons } from '../../shared/status';
import { element } from './elements';

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

/** A codicon by its name, hidden from screen readers: words say the same beside it. Needs codicon.css in the page. */
export function icon(name: string): HTMLElement {
  const made = element('span', { className: `codicon codicon-${name}` });
  made.ariaHidden = 'true';
  return made;
}

/**
 * A button that shows an icon alone. A native one: a table may hold thousands, and the focus has to be moved to it from
 * code, which `vscode-toolbar-button` does not support.
 * @param label what it does, in words: its name and its tooltip.
 */
export function iconButton(name: string, label: string, press: () => void): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', className: 'icon-button', title: label, ariaLabel: label },
    icon(name),
  );
  made.addEventListener('click', press);
  return made;
}
