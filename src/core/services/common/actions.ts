import * as l10n from '@vscode/l10n';
import type { Action, ActionInputValues, EditedDocument, Obstacle } from '../contract/action';
import { HttpError } from '../../http/errors';

/** The obstacle of every action of a resource that is being deleted. */
export function beingDeleted(): Obstacle {
  return { reason: l10n.t('This resource is already being deleted.') };
}

/**
 * The actions of a resource while it is being deleted: those that users look for get an obstacle. The others, which the
 * service would refuse or the deletion would undo, are left out.
 */
export function whileDeleted(actions: readonly Action[]): readonly Action[] {
  return actions
    .filter(({ verb }) => verb === 'edit' || verb === 'delete')
    .map((action) => ({ ...action, obstacle: beingDeleted() }));
}

/** The document among the input values. @throws HttpError kind `rejected` for input of another kind. */
export function requireDocument(values: ActionInputValues): EditedDocument {
  if (values.kind === 'document') return values;
  throw new HttpError('rejected', l10n.t('The action requires a document.'));
}

/** The value of a field. @throws HttpError kind `rejected` if it is missing. */
export function requireField(values: ActionInputValues, key: string): string {
  const value = values.kind === 'fields' ? values.values[key] : undefined;
  if (value !== undefined && value !== '') return value;
  throw new HttpError('rejected', l10n.t('The action requires a selection.'));
}
