import type { Disposable } from '../../core/base/emitter';
import type { Capability, Service } from '../../core/services/contract/service';
import { ContextKeys } from '../../ui/setContext';
import type { Accounts } from './accounts';

/**
 * Sets the context keys for whether there are accounts, and for what their services can do, so that the palette offers
 * only what some account can use: `connectionsExplorer.has.<capability>`, and `has.glossaries`. Sends no request.
 */
export class AccountKeys implements Disposable {
  readonly #registration: Disposable;
  readonly #contextKeys = new ContextKeys();

  constructor(
    private readonly accounts: Pick<Accounts, 'list' | 'onDidChange'>,
    private readonly services: readonly Service[],
  ) {
    this.#registration = accounts.onDidChange(() => {
      this.#update();
    });
    this.#update();
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #update(): void {
    const ids = new Set(this.accounts.list().map(({ service }) => service));
    this.#contextKeys.setContext('hasAccounts', ids.size > 0);
    const used = this.services.filter(({ id }) => ids.has(id)).flatMap(toOffers);
    for (const offer of this.services.flatMap(toOffers)) {
      this.#contextKeys.setContext(`has.${offer}`, used.includes(offer));
    }
  }
}

function toOffers({ capabilities, glossaries }: Service): readonly (Capability | 'glossaries')[] {
  return glossaries ? [...capabilities, 'glossaries'] : capabilities;
}
