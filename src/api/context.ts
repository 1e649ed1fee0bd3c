import type { Service } from '../core/services/contract/service';
import type { Store } from '../core/store/store';
import type { Accounts } from '../features/accounts/accounts';
import type { Sessions } from '../features/accounts/sessions';
import type { ApiAccessQuestion } from './apiAccess';
import type { ApiAccount } from '.';
import type { Account } from '../core/services/contract/signIn';

/** Dependencies of the exported API. */
export interface ApiContext {
  readonly accounts: Accounts;
  readonly sessions: Pick<Sessions, 'verify'>;
  readonly services: readonly Service[];
  readonly store: Store;
  /** Logs an unexpected error. */
  readonly unexpected: (error: unknown) => void;
  /** Asks the user; true if the caller may continue. */
  readonly confirmApiAccess: (question: ApiAccessQuestion) => Promise<boolean>;
}

/** An account as the API returns it. */
export function apiAccount({ id, service, name, production, settings }: Account): ApiAccount {
  return { id, service, name, production, settings };
}
