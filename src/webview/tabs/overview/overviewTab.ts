import * as l10n from '@vscode/l10n';
import type { OverviewModel, TableModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { Announcer } from '../../components/announcer';
import { element, reconcileChildren } from '../../components/elements';
import { updateAges } from '../../components/moment';
import type { Tab, TabActions } from '../../components/tab';
import { FactList } from './factList';
import { ResourceTable } from './resourceTable';

/** The tab that shows the facts and tables that people ask for first. */
export function overviewTab(actions: TabActions): Tab<OverviewModel> {
  const announcer = new Announcer();
  const copy = (text: string, what: string): void => {
    actions.copy(text);
    announcer.say(what);
  };
  const facts = new FactList(({ label, value }) => {
    copy(value, l10n.t('Copied {0}', plainText(label, 80)));
  });
  const make = (model: TableModel): ResourceTable =>
    new ResourceTable(model, actions, ({ id, name }) => {
      copy(id, l10n.t('Copied ID of {0}', plainText(name || id, 80)));
    });
  const tables = element('div', { className: 'tables' });
  const page = element('div', { className: 'overview' }, facts.element, tables, announcer.element);
  updateAges(page);
  const drawn = new Map<string, ResourceTable>();
  return {
    element: page,
    update: (model) => {
      facts.update(model.facts);
      for (const table of model.tables) {
        const known = drawn.get(table.id);
        if (known) known.update(table);
        else drawn.set(table.id, make(table));
      }
      reconcileChildren(
        tables,
        model.tables.flatMap(({ id }) => drawn.get(id)?.element ?? []),
      );
    },
  };
}
