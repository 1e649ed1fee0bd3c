import * as l10n from '@vscode/l10n';
import type { Action, Obstacle } from './service';

/** Why nothing more is done to a resource. */
export function beingDeleted(): Obstacle {
  return { reason: l10n.t('This is already being deleted.') };
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
