import * as l10n from '@vscode/l10n';
import { whileDeleted } from '../../common/actions';
import type { Action, GetActions, Obstacle } from '../../contract/action';
import { type Resource, getJson } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { createConnection, Edits } from './documentActions';
import { simpleActions, type SimpleActions } from './simpleActions';

/**
 * Lists the actions of a resource, in the order of menus. The rules of states are those of the documented refusals; that an
 * inactive connection cannot be deactivated follows from them (inference). Of two actions that undo each other, only the
 * one that applies is listed. Makes no request.
 */
export function createActions(operations: Operations): GetActions {
  const edits = new Edits(operations);
  return (resource) => {
    const simple = simpleActions(operations, resource);
    switch (resource.kind) {
      case 'account':
        return [
          createConnection(operations, resource, 'Databricks'),
          createConnection(operations, resource, 'Snowflake'),
        ];
      case 'connection':
        return connectionActions(
          edits.connection(resource),
          simple,
          textIn(resource, 'state')?.toUpperCase(),
        );
      case 'dataObject':
        return [edits.dataObject(resource), simple.deleteDataObject];
      case 'run':
        return textIn(resource, 'completedAt') === undefined ? [simple.cancelRun] : [];
      default:
        return [];
    }
  };
}

/** @param state undefined if the service does not report it: then the service decides. */
function connectionActions(
  edit: Action,
  { activate, deactivate, validate, syncDataObjects: sync, deleteConnection: remove }: SimpleActions,
  state: string | undefined,
): readonly Action[] {
  switch (state) {
    case undefined:
      return [edit, activate, deactivate, validate, sync, remove];
    case 'ACTIVE':
    case 'UNHEALTHY':
      return [edit, deactivate, validate, sync, { ...remove, obstacle: mustBeInactive('deactivate') }];
    case 'INACTIVE':
      return [{ ...edit, obstacle: mustBeActive('activate') }, activate, validate, sync, remove];
    default:
      if (isDeletion(state)) return whileDeleted([edit, remove]);
      return [
        { ...edit, obstacle: mustBeActive() },
        deactivate,
        validate,
        sync,
        { ...remove, obstacle: mustBeInactive('deactivate') },
      ];
  }
}

function mustBeActive(clearedBy?: keyof SimpleActions): Obstacle {
  const reason = l10n.t('Only active connections can be edited.');
  return { reason, ...(clearedBy && { clearedBy }) };
}

function mustBeInactive(clearedBy: keyof SimpleActions): Obstacle {
  return { reason: l10n.t('Only inactive connections can be deleted.'), clearedBy };
}

/** True for `DELETING` and `DELETED`, but not for a failed deletion. The words are not documented (inference). */
function isDeletion(state: string): boolean {
  return state.startsWith('DELET') && !/FAIL|ERROR/.test(state);
}

function textIn(resource: Resource, key: string): string | undefined {
  const value = getJson(resource)?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
