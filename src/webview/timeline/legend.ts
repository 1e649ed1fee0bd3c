import * as l10n from '@vscode/l10n';
import type { BarModel, StatusModel } from '../../panel/models';
import { element } from '../element';
import { statusIcon } from '../parts/statusMark';
import { urgency } from '../parts/urgency';

/** What the colours and patterns of the bars say, and how many there are of each. */
export function legend(bars: readonly BarModel[]): HTMLElement {
  const entries = urgency.flatMap((state) => {
    const count = bars.filter(({ status }) => status.state === state).length;
    if (count === 0) return [];
    const swatch = element('span', { className: `swatch state-${state}`, ariaHidden: 'true' });
    return [element('li', {}, swatch, statusIcon(state), `${wordOf(state)} (${count})`)];
  });
  return element('ul', { className: 'legend', ariaLabel: l10n.t('Legend') }, ...entries);
}

function wordOf(state: StatusModel['state']): string {
  switch (state) {
    case 'ok':
      return l10n.t('OK');
    case 'running':
      return l10n.t('running');
    case 'queued':
      return l10n.t('queued');
    case 'warning':
      return l10n.t('with warnings');
    case 'failed':
      return l10n.t('failed');
    case 'inactive':
      return l10n.t('inactive');
    case 'unknown':
      return l10n.t('status unknown');
  }
}
