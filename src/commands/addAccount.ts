import type { Accounts } from '../accounts/accounts';
import { signIn, type SignInContext } from '../accounts/signIn';
import { emptyForm } from '../accounts/signInForm';
import { tellError, tellWarning } from '../accounts/tell';

/** Asks for an account, verifies it, and saves it. */
export function addAccount(
  context: SignInContext & { readonly accounts: Pick<Accounts, 'add'> },
): () => Promise<void> {
  return async () => {
    const signedIn = await signIn(context, emptyForm(context.services));
    if (!signedIn) return;
    try {
      await context.accounts.add(signedIn.definition, signedIn.secrets);
      tellWarning(signedIn.identity?.warning);
    } catch (error) {
      tellError(error);
    }
  };
}
