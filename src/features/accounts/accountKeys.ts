import * as vscode from 'vscode';
import type { Capability, Service } from '../../core/services/contract/service';
import { settingsSection } from '../../shared/contributions';
import { setContext } from '../../ui/setContext';
import type { Accounts } from './accounts';

/**
 * Tells when-clauses whether there are accounts, and what their services can do, so that the palette offers only what
 * some account can use: `connectionsExplorer.has.<capability>`, and `has.glossaries`. Sends no request.
 */
export class AccountKeys implements vscode.Disposable {
  readonly #registration: { dispose(): void };
  readonly #values = new Map<string, boolean>();

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
    setContext('hasAccounts', ids.size > 0);
    const used = this.services.filter(({ id }) => ids.has(id)).flatMap(offersOf);
    for (const offer of this.services.flatMap(offersOf)) {
      this.#set(`${settingsSection}.has.${offer}`, used.includes(offer));
    }
  }

  #set(key: string, value: boolean): void {
    if (this.#values.get(key) === value) return;
    this.#values.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}

function offersOf({ capabilities, glossaries }: Service): readonly (Capability | 'glossaries')[] {
  return glossaries.length > 0 ? [...capabilities, 'glossaries'] : capabilities;
}
