import { element } from './elements';
import * as l10n from '@vscode/l10n';
import { iconButton } from './icons';

/** Some buttons of which one is pressed. */
export function segmentedControl<Value>(
  label: string,
  values: readonly (readonly [value: Value, label: string])[],
  chosen: (value: Value) => void,
): HTMLElement {
  const buttons = values.map(([value, words], at) => {
    const button = element('button', { type: 'button', ariaPressed: String(at === 0) }, words);
    button.addEventListener('click', () => {
      for (const each of buttons) each.ariaPressed = String(each === button);
      chosen(value);
    });
    return button;
  });
  return element('div', { className: 'choice', role: 'group', ariaLabel: label }, ...buttons);
}

/** Buttons that zoom a drawing: by a factor, or so that all of it can be seen. */
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
