import type * as vscode from 'vscode';
import type { Event } from '../core/base/emitter';
import type { Service } from '../core/services/contract/service';
import type { Store } from '../core/store/store';
import type { Accounts } from '../features/accounts/accounts';
import type { Sessions } from '../features/accounts/sessions';
import type { ApiAccessQuestion } from './apiAccess';
import type { ApiAccount } from '.';
import type { Account } from '../core/services/contract/signIn';

/** What the exported API works with. */
export interface ApiContext {
  readonly accounts: Accounts;
  readonly sessions: Pick<Sessions, 'verify'>;
  readonly services: readonly Service[];
  readonly store: Store;
  /** One of our events as VS Code's. */
  readonly vscodeEvent: <T>(event: Event<T>) => vscode.Event<T>;
  /** Logs an error that is none of ours. */
  readonly unexpected: (error: unknown) => void;
  /** Asks the user; true if the caller may go on. */
  readonly confirmApiAccess: (question: ApiAccessQuestion) => Promise<boolean>;
}

/** An account as the API has it. */
export function apiAccount({ id, service, name, production, settings }: Account): ApiAccount {
  return { id, service, name, production, settings };
}
