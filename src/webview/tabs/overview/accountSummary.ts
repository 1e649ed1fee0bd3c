import * as l10n from '@vscode/l10n';
import type { AccountSummaryModel, CountModel, LevelModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { icon, statusIcon } from '../../components/controls';
import { element, reconcileChildren } from '../../components/elements';
import { Formats, timeElement } from '../../components/formats';
import type { Announcer } from '../../components/notices';
import type { TabActions } from '../../components/tabs';

type SummaryActions = Pick<TabActions, 'chooseCount' | 'loadLevel' | 'markAsSeen'>;

/**
 * Counts of an account that may need attention: what has changed, and numbers, each of which shows its resources when
 * it is pressed.
 */
export class AccountSummaryView {
  readonly element = element('div', { className: 'summary', hidden: true });
  readonly #changes = element('div', { className: 'changes', role: 'status' });
  readonly #levels = new Map<string, LevelView>();
  #shown = '';

  constructor(
    private readonly actions: SummaryActions,
    private readonly announcer: Announcer,
  ) {}

  update(model: AccountSummaryModel | undefined): void {
    this.element.hidden = model === undefined;
    if (!model) return;
    this.#drawChanges(model.changes);
    const views = model.levels.map((level) => {
      const view = this.#levels.get(level.id) ?? new LevelView(this.actions, this.announcer);
      this.#levels.set(level.id, view);
      view.update(level, model.chosen);
      return view.element;
    });
    reconcileChildren(this.element, [this.#changes, ...views]);
  }

  #drawChanges(changes: AccountSummaryModel['changes']): void {
    const shown = JSON.stringify(changes ?? '');
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changes.hidden = changes === undefined;
    if (!changes) return;
    const { text, since } = changes;
    const moment = since === undefined ? [] : [' (', timeElement(since, true), ')'];
    this.#changes.replaceChildren(element('p', {}, icon('history'), text, ...moment));
    if (since !== undefined) this.#changes.append(button(l10n.t('Mark as Seen'), this.actions.markAsSeen));
  }
}

/** The counts of one level. Buttons stay where only their numbers change, so that none loses the focus. */
class LevelView {
  readonly element: HTMLElement;
  readonly #title = element('h2');
  readonly #counts = element('div', { className: 'counts', role: 'group' });
  readonly #missing = element('div', { className: 'missing', role: 'status' });
  readonly #drawn = new Map<string, CountView>();
  #shown = '';

  constructor(
    private readonly actions: SummaryActions,
    private readonly announcer: Announcer,
  ) {
    this.element = element('section', { className: 'level' }, this.#title, this.#counts, this.#missing);
  }

  update({ id, title, total, counts, loading, missing }: LevelModel, chosen: string | undefined): void {
    const words = plainText(title);
    // The number of resources that are not loaded is unknown.
    const isKnown = total > 0 || !missing;
    const number = element('span', { className: 'total' }, new Formats().number(String(total)));
    this.#title.replaceChildren(words, ...(isKnown ? [' ', number] : []));
    this.#counts.ariaLabel = words;
    const views = counts.map((count) => {
      const view =
        this.#drawn.get(count.id) ??
        new CountView((pressed) => {
          this.#choose(count, pressed);
        });
      this.#drawn.set(count.id, view);
      view.update(count, count.id === chosen);
      return view.element;
    });
    reconcileChildren(this.#counts, views);
    this.#drawMissing(id, loading, missing);
  }

  #choose({ id, label }: CountModel, pressed: boolean): void {
    this.actions.chooseCount(pressed ? id : undefined);
    this.announcer.say(pressed ? l10n.t('Showing: {0}', plainText(label)) : l10n.t('Showing all'));
  }

  #drawMissing(id: string, loading: boolean, missing: LevelModel['missing']): void {
    const shown = JSON.stringify([loading, missing]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#missing.hidden = !loading && !missing;
    const load =
      missing &&
      button(missing.button, () => {
        this.actions.loadLevel(id);
      });
    const words = loading
      ? [icon('loading'), l10n.t('Loading…')]
      : missing
        ? [icon('info'), element('span', {}, missing.text), ...(load ? [load] : [])]
        : [];
    this.#missing.replaceChildren(...words);
  }
}

/** One count: a button if there is something to show, which stays pressed. */
class CountView {
  readonly element = element('button', { type: 'button', className: 'count-button', ariaPressed: 'false' });
  #shown = '';

  /** @param pressed is called with whether the count is chosen now. */
  constructor(pressed: (isChosen: boolean) => void) {
    this.element.addEventListener('click', () => {
      pressed(this.element.ariaPressed !== 'true');
    });
  }

  update(count: CountModel, isChosen: boolean): void {
    this.element.ariaPressed = String(isChosen);
    const shown = JSON.stringify(count);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const { label, state } = count;
    this.element.disabled = count.count === 0;
    const number = element('strong', {}, new Formats().number(String(count.count)));
    const sign = count.count === 0 ? icon('dash') : statusIcon(state);
    this.element.replaceChildren(sign, number, ' ', element('span', {}, plainText(label)));
  }
}

function button(label: string, press: () => void): HTMLElement {
  const made = element('vscode-button', { secondary: true }, label);
  made.addEventListener('click', () => {
    press();
  });
  return made;
}
