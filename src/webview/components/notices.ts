import { element, paragraph } from './elements';
import type { Problem } from '../../shared/protocol';
import { statusIcon, icon } from './controls';
import * as l10n from '@vscode/l10n';
import type { ListModel } from '../../shared/models';

/** Announces changes to screen readers without moving the focus. */
export class Announcer {
  readonly element = element('div', { className: 'announcer', role: 'status', ariaLive: 'polite' });

  say(text: string): void {
    // The element has to change for the same text to be announced again.
    this.element.replaceChildren(text === this.element.textContent ? `${text}\u00a0` : text);
  }
}

export type RemedyActions = Readonly<Record<Problem['remedies'][number], () => void>>;

/** An error with its cause, a suggestion and a button for each remedy. */
export function problemBox({ what, why, advice, remedies }: Problem, actions: RemedyActions): HTMLElement {
  const words = [why, ...(advice === undefined ? [] : [advice])].map((text) => element('p', {}, text));
  const text = element('div', {}, element('strong', {}, what), ...words);
  const buttons = remedies.map((remedy) => remedyButton(remedy, actions[remedy]));
  return element('div', { className: 'problem' }, statusIcon('failed'), text, ...buttons);
}

/** A remedy button, labeled as in the tree. */
function remedyButton(
  remedy: Problem['remedies'][number],
  run: () => void,
  { secondary = false } = {},
): HTMLElement {
  const label = remedy === 'retry' ? l10n.t('Retry') : l10n.t('Edit Account…');
  const button = element('vscode-button', { secondary }, label);
  button.addEventListener('click', run);
  return button;
}

/** State of a list: loading, outdated, failed, truncated or with more to load. */
export class ListNotice {
  readonly element = element('div', { className: 'list-notice' });
  #shown = '';

  /** @param load loads the list, or the rest of it. @param editAccount opens the account form. */
  constructor(
    private readonly load: () => void,
    private readonly editAccount: () => void,
  ) {}

  /** @param empty the text for a loaded list without rows; none if it has rows. */
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

/** A line with an icon, which screen readers announce. */
export function line(className: string, name: string, words: Node | string): HTMLElement {
  const role = className === 'failed' ? 'alert' : 'status';
  return element('p', { className: `notice ${className}`, role }, icon(name), words);
}
