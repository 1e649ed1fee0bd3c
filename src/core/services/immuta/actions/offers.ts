import * as l10n from '@vscode/l10n';
import { whileDeleted } from '../../common/actions';
import type { ActionInfo, Obstacle, ActionInput, Verb, Confirmation } from '../../contract/action';
import type { Resource } from '../../contract/resource';

/** The verb of each action of Immuta. */
const verbs = {
  createDatabricks: 'create',
  createSnowflake: 'create',
  editConnection: 'edit',
  activate: 'activate',
  deactivate: 'deactivate',
  validate: 'validate',
  syncDataObjects: 'sync',
  deleteConnection: 'delete',
  editDataObject: 'edit',
  deleteDataObject: 'delete',
  cancelRun: 'cancel',
} as const satisfies Readonly<Record<string, Verb>>;

/** The actions of Immuta. */
export type ActionId = keyof typeof verbs;

/** Those that ask for a document. */
export type DocumentActionId = 'createDatabricks' | 'createSnowflake' | 'editConnection' | 'editDataObject';

/** All of them. */
export const actionIds = Object.keys(verbs) as readonly ActionId[];

/**
 * What may be done to a resource as it is now, in the order of menus. The rules of states are those of the documented
 * refusals; that a connection that is inactive cannot be deactivated follows from them (inference). Of two actions that
 * undo each other, only the one that applies is there.
 */
export function listActions(resource: Resource): readonly ActionInfo[] {
  switch (resource.kind) {
    case 'account':
      return [
        action('createDatabricks', l10n.t('Create Databricks Connection…'), 'harmless', 'document'),
        action('createSnowflake', l10n.t('Create Snowflake Connection…'), 'harmless', 'document'),
      ];
    case 'connection':
      return connectionActions(textIn(resource, 'state')?.toUpperCase());
    case 'dataObject':
      return [
        action('editDataObject', l10n.t('Edit…'), 'confirm', 'document'),
        action('deleteDataObject', l10n.t('Delete with All Descendants…'), 'typeName'),
      ];
    case 'run':
      return textIn(resource, 'completedAt') === undefined
        ? [action('cancelRun', l10n.t('Stop Run…'), 'confirm')]
        : [];
    default:
      return [];
  }
}

/** @param state undefined where the service does not tell it: then it has to judge itself. */
function connectionActions(state: string | undefined): readonly ActionInfo[] {
  const edit = action('editConnection', l10n.t('Edit…'), 'confirm', 'document');
  const activate = action('activate', l10n.t('Activate'), 'harmless');
  const deactivate = action('deactivate', l10n.t('Deactivate…'), 'confirm');
  const validate = action('validate', l10n.t('Validate'), 'harmless');
  const sync = action('syncDataObjects', l10n.t('Sync Data Objects'), 'harmless');
  const remove = action('deleteConnection', l10n.t('Delete…'), 'typeName');
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

function mustBeActive(clearedBy?: ActionId): Obstacle {
  const reason = l10n.t('Only active connections can be edited.');
  return { reason, ...(clearedBy && { clearedBy }) };
}

function mustBeInactive(clearedBy: ActionId): Obstacle {
  return { reason: l10n.t('Only inactive connections can be deleted.'), clearedBy };
}

/** True for `DELETING` and `DELETED`, but not for a deletion that came to nothing. The words are not documented (inference). */
function isDeletion(state: string): boolean {
  return state.startsWith('DELET') && !/FAIL|ERROR/.test(state);
}

function action(
  id: ActionId,
  title: string,
  danger: Confirmation,
  kind: Exclude<ActionInput['kind'], 'fields'> = 'none',
): ActionInfo {
  return { id, verb: verbs[id], title, confirmation: danger, input: { kind } };
}

function textIn({ json }: Resource, key: string): string | undefined {
  const value = json?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
