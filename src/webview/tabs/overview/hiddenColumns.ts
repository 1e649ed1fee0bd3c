import * as l10n from '@vscode/l10n';
import { HiddenParts } from '../../components/hiddenParts';

/** Tells how many columns of a table are out of sight. That of the names does not count. */
export function hiddenColumns(scroller: HTMLElement): HiddenParts {
  const heads = (): readonly Element[] => [...scroller.querySelectorAll('thead th')];
  return new HiddenParts(scroller, {
    parts: () =>
      heads()
        .slice(1)
        .map((head) => head.getBoundingClientRect()),
    // The names cover the start if they are sticky; if not, they are further to the left than it.
    covered: () =>
      (heads()[0]?.getBoundingClientRect().right ?? 0) -
      scroller.getBoundingClientRect().left -
      scroller.clientLeft,
    text: (count) => (count === 1 ? l10n.t('1 more column') : l10n.t('{0} more columns', count)),
  });
}
