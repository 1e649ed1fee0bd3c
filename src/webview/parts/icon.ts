import { element } from '../element';

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
