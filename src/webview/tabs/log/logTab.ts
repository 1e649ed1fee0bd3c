import * as l10n from '@vscode/l10n';
import type { LogId, LogModel } from '../../../shared/models';
import { iconButton } from '../../components/controls';
import { element } from '../../components/elements';
import { FilterField } from '../../components/filterField';
import { updateAges } from '../../components/formats';
import { Announcer, ListNotice } from '../../components/notices';
import type { Tab, TabActions } from '../../components/tabs';
import { filteredEntries } from './entries';
import { LogTable } from './logTable';

interface LogTexts {
  readonly title: string;
  /** Of the button that loads the newest entries again. */
  readonly refreshTitle: string;
}

/** A tab with a log: a table of what happened, newest first, with a filter. */
export function logTab(
  id: LogId,
  { title, refreshTitle }: LogTexts,
  actions: Pick<TabActions, 'copy' | 'loadLog' | 'editAccount'>,
): Tab<LogModel> {
  const announcer = new Announcer();
  const table = new LogTable(title, (text) => {
    actions.copy(text);
    announcer.say(l10n.t('Copied entry'));
  });
  const notice = new ListNotice(() => {
    actions.loadLog(id, false);
  }, actions.editAccount);
  let model: LogModel | undefined;
  const draw = (): void => {
    if (!model) return;
    const found = filteredEntries(model, filter.text);
    filter.found(found.length, model.entries.length);
    table.update(model, found);
  };
  const filter = new FilterField(draw);
  const refresh = iconButton('refresh', refreshTitle, () => {
    actions.loadLog(id, true);
  });
  const bar = element(
    'div',
    { className: 'table-bar' },
    element('h2', {}, title),
    element('div', { className: 'table-tools' }, filter.element, refresh),
  );
  const page = element(
    'div',
    { className: 'log resource-table' },
    bar,
    table.element,
    notice.element,
    announcer.element,
  );
  updateAges(page);
  return {
    element: page,
    update: (changed) => {
      model = changed;
      refresh.disabled = changed.loading;
      filter.element.hidden = changed.entries.length === 0;
      const isEmpty = changed.entries.length === 0 && changed.problem === undefined;
      notice.update(changed, isEmpty ? changed.empty : '');
      draw();
    },
  };
}
