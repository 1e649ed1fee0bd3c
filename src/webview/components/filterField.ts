import * as l10n from '@vscode/l10n';
import { icon } from './controls';
import { element } from './elements';

/** The filter of a table, with the number of matching rows. Escape clears it. */
export class FilterField {
  readonly element: HTMLElement;
  readonly #field = element('vscode-textfield', { className: 'filter', value: '' });
  readonly #count = element('span', { className: 'count', role: 'status' });

  /** @param changed is called when the text changes. */
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
    const words = rowsText(format.format(all), all === 1);
    const shown = this.text === '' ? words : l10n.t('{0} of {1}', format.format(some), words);
    if (this.#count.textContent !== shown) this.#count.textContent = shown;
  }
}

function rowsText(count: string, isOne: boolean): string {
  return isOne ? l10n.t('1 row') : l10n.t('{0} rows', count);
}
