import type { StatusModel } from '../../shared/models';
import { plainText } from '../../shared/plainText';
import { stateIcons, stateWord } from '../../shared/status';
import { element } from './elements';
import * as l10n from '@vscode/l10n';

type State = StatusModel['state'];

/** The icon of a status, colored by the class `state-…`. */
export function statusIcon(state: State): HTMLElement {
  const made = icon(stateIcons[state]);
  made.classList.add(`state-${state}`);
  return made;
}

export function statusMark({ state, text }: StatusModel): HTMLElement {
  const words = plainText(text);
  return element(
    'span',
    { className: 'status-mark', title: words },
    statusIcon(state),
    ...(words.includes(stateWord(state))
      ? []
      : [element('span', { className: 'exact' }, `${stateWord(state)}, `)]),
    element('span', {}, words),
  );
}

/** A codicon by its name, hidden from screen readers because text beside it says the same. Needs codicon.css. */
export function icon(name: string): HTMLElement {
  const made = element('span', { className: `codicon codicon-${name}` });
  made.ariaHidden = 'true';
  return made;
}

/**
 * A button with an icon only. A native one: a table may have thousands, and code must be able to focus it, which
 * `vscode-toolbar-button` does not support.
 * @param label accessible name and tooltip.
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

/** A group of buttons of which one is pressed. `press` presses another without telling. */
export interface SegmentedControl<Value> {
  readonly element: HTMLElement;
  press(value: Value): void;
}

/** @param chosen is called when the user presses a button. */
export function segmentedControl<Value>(
  label: string,
  values: readonly (readonly [value: Value, label: string])[],
  chosen: (value: Value) => void,
): SegmentedControl<Value> {
  const buttons = new Map(
    values.map(([value, words], at) => [
      value,
      element('button', { type: 'button', ariaPressed: String(at === 0) }, words),
    ]),
  );
  const press = (pressed: Value): void => {
    for (const [value, button] of buttons) button.ariaPressed = String(value === pressed);
  };
  for (const [value, button] of buttons) {
    button.addEventListener('click', () => {
      press(value);
      chosen(value);
    });
  }
  const group = element('div', { className: 'choice', role: 'group', ariaLabel: label }, ...buttons.values());
  return { element: group, press };
}

/** Buttons that zoom by a factor, or to fit. */
export function zoomButtons(by: (factor: number) => void, fit: () => void): HTMLElement {
  return element(
    'div',
    { className: 'zoom', role: 'group', ariaLabel: l10n.t('Zoom') },
    iconButton('zoom-in', l10n.t('Zoom In'), () => {
      by(1.5);
    }),
    iconButton('zoom-out', l10n.t('Zoom Out'), () => {
      by(1 / 1.5);
    }),
    iconButton('screen-full', l10n.t('Show All'), fit),
  );
}

/** A pointer may move this far in a click. */
const DRAG_THRESHOLD_PX = 4;

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Lets a scrolling element be dragged by mouse or pen, also on buttons in it: dragging suppresses the click. Touch
 * scrolls natively.
 */
export function dragging(scroller: HTMLElement): void {
  let last: Place | undefined;
  let moved = false;
  const end = (): void => {
    last = undefined;
    scroller.classList.remove('dragged');
  };
  scroller.addEventListener('pointerdown', (event) => {
    moved = false;
    if (event.button !== 0 || event.pointerType === 'touch' || onScrollBar(scroller, event)) return;
    last = { x: event.clientX, y: event.clientY };
  });
  scroller.addEventListener('pointermove', ({ clientX: x, clientY: y, pointerId, buttons }) => {
    // Releasing the button outside of the window fires no event.
    if (buttons === 0) end();
    if (!last || (!moved && Math.hypot(x - last.x, y - last.y) < DRAG_THRESHOLD_PX)) return;
    if (!moved) scroller.setPointerCapture(pointerId);
    moved = true;
    scroller.classList.add('dragged');
    scroller.scrollBy({ left: last.x - x, top: last.y - y, behavior: 'instant' });
    last = { x, y };
  });
  scroller.addEventListener('pointerup', end);
  scroller.addEventListener('pointercancel', end);
  const swallow = (event: Event): void => {
    if (moved) event.stopPropagation();
    moved = false;
  };
  scroller.addEventListener('click', swallow, { capture: true });
}

function onScrollBar(scroller: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, top } = scroller.getBoundingClientRect();
  return clientX - left > scroller.clientWidth + 1 || clientY - top > scroller.clientHeight + 1;
}
