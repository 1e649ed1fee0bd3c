import * as l10n from '@vscode/l10n';
import type { NodeModel } from '../../panel/models';
import { plainText } from '../../tree/plainText';
import { element } from '../element';
import { clipped } from '../parts/clipped';
import { icon, iconButton } from '../parts/icon';
import { statusIcon } from '../parts/statusMark';
import type { Wishes } from '../tab';

/** Icons of the kinds, as in the tree. */
const icons: ReadonlyMap<string, string> = new Map([
  ...([
    ['connection', 'plug'],
    ['dataset', 'table'],
    ['backfill', 'history'],
    ['dataView', 'eye'],
  ] as const),
  ...([
    ['entity', 'symbol-namespace'],
    ['field', 'symbol-field'],
    ['pipeline', 'git-merge'],
  ] as const),
  ...([
    ['identity', 'person'],
    ['dataObject', 'symbol-class'],
    ['task', 'checklist'],
    ['key', 'key'],
  ] as const),
  ...([
    ['group', 'folder'],
    ['account', 'account'],
  ] as const),
]);

/** What a screen reader is told of a part beside what is seen. */
function moreWords({ self, closed }: NodeModel): string {
  return [
    ...(self ? [l10n.t('the resource of this page')] : []),
    ...(closed ? [l10n.t('Space loads what is below')] : []),
  ].join(', ');
}

/** Words for a screen reader alone. */
function unseen(words: string): HTMLElement {
  return element('span', { className: 'exact' }, words);
}

/** A part of the structure. Its button stays the same element when the part changes. */
export class NodeView {
  readonly element: HTMLElement;
  readonly button = element('button', { type: 'button', className: 'node-main', tabIndex: -1 });
  readonly #more: HTMLButtonElement;
  #node: NodeModel;
  #shown = '';

  constructor(node: NodeModel, wishes: Pick<Wishes, 'open' | 'load'>) {
    this.#node = node;
    const load = (): void => {
      if (this.#node.closed && this.#node.path !== undefined) wishes.load(this.#node.path);
    };
    this.button.addEventListener('click', () => {
      if (this.#node.path !== undefined) wishes.open(this.#node.path);
    });
    this.button.addEventListener('keydown', (event) => {
      if (event.key !== ' ' || !this.#node.closed) return;
      event.preventDefault();
      load();
    });
    this.#more = iconButton('add', l10n.t('Load what is below {0}', plainText(node.label, 80)), load);
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
    const { label, role, kind, status, self, closed, path } = node;
    this.element.className = ['node', self ? 'self' : '', path === undefined ? 'still' : ''].join(' ');
    this.button.ariaCurrent = self ? 'true' : null;
    const first = element(
      'span',
      { className: 'node-label' },
      icon(icons.get(kind) ?? 'circle-small'),
      clipped(label),
    );
    const second = element('span', { className: 'node-role' }, clipped(role));
    if (status) {
      const mark = element(
        'span',
        { className: 'node-status' },
        statusIcon(status.state),
        clipped(status.text),
      );
      second.append(unseen(', '), mark);
    }
    const words = moreWords(node);
    this.button.replaceChildren(first, unseen(', '), second, ...(words === '' ? [] : [unseen(`, ${words}`)]));
    this.#more.hidden = !closed;
  }

  /** @param x, y the middle in pixels. */
  place(x: number, y: number): void {
    this.element.style.left = `${x}px`;
    this.element.style.top = `${y}px`;
  }
}
