import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import * as l10n from '@vscode/l10n';
import { element } from '../../components/elements';
import { icon } from '../../components/icons';

/** The field that filters a table, and how many rows it leaves. Escape empties it. */
export class FilterField {
  readonly element: HTMLElement;
  readonly #field = element('vscode-textfield', { className: 'filter' });
  readonly #count = element('span', { className: 'count', role: 'status' });

  /** @param changed is called when the text is another. */
  constructor(changed: () => void) {
    const label = l10n.t('Filter');
    this.#field.label = label;
    this.#field.placeholder = label;
    const sign = icon('filter');
    sign.slot = 'content-before';
    this.#field.append(sign);
    this.#field.addEventListener('input', changed);
    this.#field.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return;
      this.#field.value = '';
      changed();
    });
    this.element = element('div', { className: 'filter-box' }, this.#count, this.#field);
  }

  get text(): string {
    return this.#field.value;
  }

  found(some: number, all: number): void {
    const format = new Intl.NumberFormat(document.documentElement.lang);
    const words =
      this.text === '' ? format.format(all) : l10n.t('{0} of {1}', format.format(some), format.format(all));
    if (this.#count.textContent !== words) this.#count.textContent = words;
  }
}
