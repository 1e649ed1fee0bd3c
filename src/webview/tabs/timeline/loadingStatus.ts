import * as l10n from '@vscode/l10n';
import type { TimelineModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { element, paragraph } from '../../components/elements';
import { icon } from '../../components/controls';
import type { TabActions } from '../../components/tabs';

/** Progress of loading a timeline, pauses, errors and omissions, and the Cancel button. */
export class LoadingStatus {
  readonly element: HTMLElement;
  readonly #bar = element('vscode-progress-bar');
  readonly #count = element('span');
  readonly #waiting = element('span', { className: 'waiting', role: 'status' });
  readonly #progress: HTMLElement;
  readonly #rest = element('vscode-button', { secondary: true }, l10n.t('Load All'));
  readonly #problem = element('p', { className: 'notice failed', role: 'alert', hidden: true });
  readonly #note = element('p', { className: 'notice note', role: 'status', hidden: true });
  /** A lane whose runs are not loaded. Loading them loads those of the others, too. */
  #unread = '';

  constructor({ cancel, load }: Pick<TabActions, 'cancel' | 'load'>) {
    const stop = element('vscode-button', { secondary: true }, l10n.t('Cancel'));
    stop.addEventListener('click', () => {
      cancel();
    });
    this.#rest.addEventListener('click', () => {
      load(this.#unread);
    });
    this.#bar.ariaLabel = l10n.t('Loading runs');
    this.#progress = element('div', { className: 'progress' }, this.#bar, this.#count, this.#waiting, stop);
    const notes = element('div', { className: 'notes' }, this.#note, this.#rest);
    this.element = element('div', { className: 'reading' }, this.#progress, this.#problem, notes);
  }

  update({ lanes, progress, waiting, problem, note }: TimelineModel): void {
    const unread = progress ? undefined : lanes.find(({ more, bars }) => more && bars.length === 0);
    this.#unread = unread?.path ?? '';
    this.#rest.hidden = !unread;
    this.element.hidden = !progress && !unread && problem === undefined && note === undefined;
    this.#progress.hidden = !progress;
    if (progress) {
      this.#bar.indeterminate = progress.done === 0;
      this.#bar.max = progress.total;
      this.#bar.value = progress.done;
      this.#count.textContent = plainText(progress.text);
    }
    const words = plainText(waiting ?? '');
    if (this.#waiting.textContent !== words) this.#waiting.textContent = words;
    say(this.#problem, 'error', problem);
    say(this.#note, 'info', note);
  }
}

/** Unchanged text is left as it is: a screen reader would announce it again. */
function say(place: HTMLElement, sign: string, words = ''): void {
  if (place.title === words) return;
  place.title = words;
  place.hidden = words === '';
  place.replaceChildren(icon(sign), paragraph(words));
}
