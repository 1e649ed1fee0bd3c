import * as l10n from '@vscode/l10n';
import type { OverviewModel, TableModel, FactModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { Announcer } from '../../components/notices';
import { element, hinted, reconcileChildren, paragraph } from '../../components/elements';
import { updateAges, timeElement } from '../../components/formats';
import type { Tab, TabActions } from '../../components/tabs';
import { AccountSummaryView } from './accountSummary';
import { ReportTable } from './reportTable';
import { ResourceTable } from './resourceTable';
import { iconButton, statusIcon } from '../../components/controls';

/** The Overview tab: facts and tables. */
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
  const summary = new AccountSummaryView(actions, announcer);
  const tables = element('div', { className: 'tables' });
  const report = new ReportTable(actions);
  const parts = [facts.element, summary.element, report.element, tables, announcer.element];
  const page = element('div', { className: 'overview' }, ...parts);
  updateAges(page);
  const drawn = new Map<string, ResourceTable>();
  return {
    element: page,
    update: (model) => {
      facts.update(model.facts);
      summary.update(model.summary);
      report.update(model.report);
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

/** The facts of a resource. Problems come first; the others keep their order. */
export class FactList {
  readonly element = element('dl', { className: 'facts' });
  #drawn = new Map<string, HTMLElement>();

  constructor(private readonly copied: (fact: FactModel) => void) {}

  update(facts: readonly FactModel[]): void {
    const before = this.#drawn;
    this.#drawn = new Map();
    const bad = facts.filter(isBad);
    for (const fact of [...bad, ...facts.filter((each) => !isBad(each))]) {
      const key = JSON.stringify(fact);
      this.#drawn.set(key, before.get(key) ?? this.#fact(fact));
    }
    reconcileChildren(this.element, [...this.#drawn.values()]);
  }

  #fact(fact: FactModel): HTMLElement {
    const { label, status, copy = false } = fact;
    const value = element('dd', {}, ...(status ? [statusIcon(status.state)] : []), ...this.#value(fact));
    if (copy) {
      value.append(
        iconButton('copy', l10n.t('Copy {0}', plainText(label)), () => {
          this.copied(fact);
        }),
      );
    }
    const name = element(
      'dt',
      { dir: 'auto' },
      plainText(label),
      ...(isBad(fact) ? toStatusElements(status) : []),
    );
    return element(
      'div',
      { className: isBad(fact) ? `fact bad state-${status?.state ?? ''}` : 'fact' },
      name,
      value,
    );
  }

  #value(fact: FactModel): readonly HTMLElement[] {
    const { value, date, hint, status } = fact;
    if (date !== undefined && !Number.isNaN(Date.parse(date))) return [timeElement(date, true)];
    const isShown = isBad(fact) || value.includes(status?.text ?? '') || value === status?.label;
    return [
      ...(value === '' ? [] : [hinted(paragraph(value), hint)]),
      ...(isShown ? [] : toStatusElements(status)),
    ];
  }
}

function toStatusElements(status: FactModel['status']): readonly HTMLElement[] {
  return status ? [element('span', { className: 'said' }, plainText(status.text))] : [];
}

function isBad({ status }: FactModel): boolean {
  return status?.state === 'failed' || status?.state === 'warning';
}
