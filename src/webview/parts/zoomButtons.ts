import * as l10n from '@vscode/l10n';
import { element } from '../element';
import { iconButton } from './icon';

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
