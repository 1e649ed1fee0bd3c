import * as l10n from '@vscode/l10n';
import type { ActionInputValues, EditedDocument, Action, Obstacle } from '../contract/action';
import { HttpError } from '../../http/errors';

/** Why nothing more is done to a resource. */
export function beingDeleted(): Obstacle {
  return { reason: l10n.t('This resource is already being deleted.') };
}

/**
 * What of the actions of a resource is left while it is being deleted: what people look for says why not, and what a
 * service would refuse or undo is not there.
 */
export function whileDeleted<A extends Action>(actions: readonly A[]): readonly A[] {
  return actions
    .filter(({ verb }) => verb === 'edit' || verb === 'delete')
    .map((action) => ({ ...action, obstacle: beingDeleted() }));
}

/** The document of an answer. @throws HttpError kind `rejected` where the answer is of another kind. */
export function requireDocument(answer: ActionInputValues): EditedDocument {
  if (answer.kind === 'document') return answer;
  throw new HttpError('rejected', l10n.t('The action requires a document.'));
}

/** The value of a field. @throws HttpError kind `rejected` where it is missing. */
export function requireField(answer: ActionInputValues, key: string): string {
  const value = answer.kind === 'fields' ? answer.values[key] : undefined;
  if (value !== undefined && value !== '') return value;
  throw new HttpError('rejected', l10n.t('The action requires a selection.'));
}

/** What to throw for an action that is none. @param service its name for people. */
export function unknownAction(service: string, id: string): HttpError {
  return new HttpError('rejected', l10n.t('{0} has no action named {1}.', service, id));
}
