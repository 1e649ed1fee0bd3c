import * as l10n from '@vscode/l10n';
import { HttpError } from '../../core/http/errors';
import type { Action } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import { serviceTitle } from '../../core/services/registry';
import type { Store } from '../../core/store/store';

/** An action whose input is a document. */
export type DocumentAction = Action & Required<Pick<Action, 'draft' | 'preview'>>;

/**
 * Finds an action by its ID, right before it is used. Since it was offered, the account may have been edited,
 * so that another session is open, and the resource may have changed. An action that its resource no longer
 * offers is resolved anyway: the service decides, and explains its refusal.
 * @throws HttpError kind `rejected` if the service has no such action, and what opening the session throws.
 */
export async function resolveAction(
  store: Pick<Store, 'session' | 'account'>,
  resource: Resource,
  id: string,
): Promise<Action> {
  const { actions } = await store.session(resource.path);
  if (!actions) throw new HttpError('rejected', l10n.t('This service is read-only.'));
  const found = [resource, withoutState(resource)]
    .flatMap((state) => actions(state))
    .find((action) => action.id === id);
  if (found) return found;
  const service = store.account(resource.path)?.service ?? '';
  throw new HttpError('rejected', l10n.t('{0} has no action named {1}.', serviceTitle(service), id));
}

/** As `resolveAction`, for an action whose input is a document. @throws HttpError kind `rejected` for other actions. */
export async function resolveDocumentAction(
  ...[store, resource, id]: Parameters<typeof resolveAction>
): Promise<DocumentAction> {
  const action = await resolveAction(store, resource, id);
  const { draft, preview } = action;
  if (draft && preview) return { ...action, draft, preview };
  throw new HttpError('rejected', l10n.t('The action {0} does not use a document.', id));
}

/** A resource as drafts store it, for which every action with a document of its kind is offered. */
function withoutState({ path, kind, id, label, hasChildren }: Resource): Resource {
  return { path, kind, id, label, hasChildren };
}
