import * as l10n from '@vscode/l10n';
import type { BarModel } from '../../../shared/models';
import { stateWord } from '../../../shared/status';
import { element } from '../../components/elements';
import { statusIcon } from '../../components/icons';
import { STATUS_ORDER } from '../overview/rows';

/** What the colours and patterns of the bars say, and how many there are of each. */
export function legend(bars: readonly BarModel[]): HTMLElement {
  const entries = STATUS_ORDER.flatMap((state) => {
    const count = bars.filter(({ status }) => status.state === state).length;
    if (count === 0) return [];
    const swatch = element('span', { className: `swatch state-${state}`, ariaHidden: 'true' });
    return [element('li', {}, swatch, statusIcon(state), `${stateWord(state)} (${count})`)];
  });
  return element(
    'ul',
    { className: 'legend', ariaLabel: l10n.t('Legend'), hidden: entries.length === 0 },
    ...entries,
  );
}
