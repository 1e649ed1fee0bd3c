import * as l10n from '@vscode/l10n';
import type { NodeModel, StatusModel } from '../../../shared/models';
import { KINDS, traitsOfKind, type ResourceKind } from '../../../shared/kinds';
import { plainText } from '../../../shared/plainText';
import { stateWord } from '../../../shared/status';
import { element, ellipsis, textWidth } from '../../components/elements';
import { icon, iconButton, statusIcon } from '../../components/controls';
import type { TabActions } from '../../components/tabs';
import type { PlacedNode, Wanted } from './layout';

/** Longer texts are truncated. */
const MAX_WIDTH_PX = 272;
const MIN_WIDTH_PX = 96;
const MAX_LABEL_WIDTH_PX = 170;

/** Borders and padding, and an icon with its margin. */
const SIDES_PX = 28;
const ROUND_SIDES_PX = 44;
const ICON_PX = 22;
const SMALL_FONT_RATIO = 0.92;

/** @param kind a resource kind, or `key`, which joins datasets. */
function iconName(kind: string): string {
  if (kind === 'key') return 'key';
  return kind in KINDS ? traitsOfKind(kind as ResourceKind).icon : 'circle-small';
}

/** Preferred widths in the document's font. */
export function wantedWidths(): Wanted {
  const bold = textWidth('600');
  const plain = textWidth();
  return {
    node: ({ label, role, status, path, isCurrent }) => {
      const state = status ? plain(stateWord(status.state)) * SMALL_FONT_RATIO + ICON_PX + 10 : 0;
      const first = ICON_PX + bold(label.slice(0, 100));
      const second = plain(role.slice(0, 100)) * SMALL_FONT_RATIO + state;
      const whole =
        Math.max(first, second) + (path === undefined ? ROUND_SIDES_PX : SIDES_PX) + (isCurrent ? 6 : 0);
      return Math.ceil(Math.max(MIN_WIDTH_PX, Math.min(whole, MAX_WIDTH_PX)));
    },
    label: (label) => Math.min(Math.ceil(plain(label.slice(0, 100)) * 0.9) + 16, MAX_LABEL_WIDTH_PX),
  };
}

/** Additional text for screen readers. */
function moreWords({ isCurrent, isCollapsed }: NodeModel): string {
  return [
    ...(isCurrent ? [l10n.t('current resource')] : []),
    ...(isCollapsed ? [l10n.t('press Space to load children')] : []),
  ].join(', ');
}

/** Text for screen readers only. */
function unseen(words: string): HTMLElement {
  return element('span', { className: 'exact' }, words);
}

/** The short name of the state; the service's own text is in the tooltip and for screen readers. */
function nodeStatus({ state, text }: StatusModel): HTMLElement {
  const word = stateWord(state);
  const whole = plainText(text);
  const rest = whole.startsWith(word) ? whole.slice(word.length) : `, ${whole}`;
  return element('span', { className: 'node-status', title: whole }, statusIcon(state), word, unseen(rest));
}

/** A node of the graph. Its button stays the same element on updates. */
export class NodeView {
  readonly element: HTMLElement;
  readonly button = element('button', { type: 'button', className: 'node-main', tabIndex: -1 });
  readonly #more: HTMLButtonElement;
  #node: NodeModel;
  #shown = '';

  constructor(node: NodeModel, actions: Pick<TabActions, 'open' | 'load'>) {
    this.#node = node;
    const load = (): void => {
      if (this.#node.isCollapsed && this.#node.path !== undefined) actions.load(this.#node.path);
    };
    this.button.addEventListener('click', () => {
      if (this.#node.path !== undefined) actions.open(this.#node.path);
    });
    this.button.addEventListener('keydown', (event) => {
      if (event.key !== ' ' || !this.#node.isCollapsed) return;
      event.preventDefault();
      load();
    });
    this.#more = iconButton('add', l10n.t('Load children of {0}', plainText(node.label, 80)), load);
    this.#more.tabIndex = -1;
    this.element = element('div', {}, this.button, this.#more);
    this.update(node);
  }

  get node(): NodeModel {
    return this.#node;
  }

  update(node: NodeModel): void {
    const shown = JSON.stringify(node);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#node = node;
    const { label, role, kind, status, isCurrent, isCollapsed, path } = node;
    this.element.className = ['node', isCurrent ? 'self' : '', path === undefined ? 'still' : ''].join(' ');
    this.button.ariaCurrent = isCurrent ? 'true' : null;
    const first = element('span', { className: 'node-label' }, icon(iconName(kind)), ellipsis(label));
    const second = element('span', { className: 'node-role' }, ellipsis(role));
    // Read before the role, and shown after it.
    if (status) second.prepend(nodeStatus(status), unseen(', '));
    const words = moreWords(node);
    this.button.replaceChildren(first, unseen(', '), second, ...(words === '' ? [] : [unseen(`, ${words}`)]));
    this.#more.hidden = !isCollapsed;
  }

  /** Pixels; `x` and `y` are the center. */
  place({ x, y, width }: Omit<PlacedNode, 'node'>): void {
    this.element.style.left = `${x}px`;
    this.element.style.top = `${y}px`;
    this.element.style.width = `${width}px`;
  }
}
