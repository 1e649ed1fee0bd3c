import { element } from '../element';

/** Some buttons of which one is pressed. */
export function choice<Value>(
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
