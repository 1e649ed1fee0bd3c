import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import type { ListModel } from '../../shared/models';
import { element } from './elements';
import { paragraph } from './clipped';
import { icon } from './icons';
import { remedyButton } from './problem';

/** What is to be said of a list besides its rows: that it is being read, is old, could not be read, is cut or goes on. */
export class ListNotice {
  readonly element = element('div', { className: 'list-notice' });
  #shown = '';

  /** @param load reads the list, or the rest of it. @param editAccount opens the form of the account. */
  constructor(
    private readonly load: () => void,
    private readonly editAccount: () => void,
  ) {}

  /** @param empty the words for a list that is read and has nothing in it; none where there is something. */
  update({ loading, stale, more, problem, editsAccount, note }: ListModel, empty = ''): void {
    const shown = JSON.stringify([loading, stale, more, problem, editsAccount, note, empty]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const lines: HTMLElement[] = [];
    if (problem !== undefined) lines.push(line('failed', 'error', paragraph(problem)));
    if (stale) lines.push(line('warning', 'warning', l10n.t('May be outdated')));
    if (note !== undefined) lines.push(line('note', 'info', note));
    if (loading) lines.push(line('loading', 'loading', l10n.t('Loading…')));
    else if (more) lines.push(this.#button(l10n.t('Load More')));
    else if (problem !== undefined) lines.push(remedyButton('retry', this.load, { secondary: true }));
    else if (empty !== '') lines.push(line('empty', 'info', empty));
    if (editsAccount) lines.push(remedyButton('editAccount', this.editAccount, { secondary: true }));
    this.element.replaceChildren(...lines);
  }

  #button(label: string): HTMLElement {
    const button = element('vscode-button', { secondary: true }, label);
    button.addEventListener('click', this.load);
    return button;
  }
}

function line(className: string, name: string, words: Node | string): HTMLElement {
  const role = className === 'failed' ? 'alert' : 'status';
  return element('p', { className: `notice ${className}`, role }, icon(name), words);
}
