import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../http/types';
import type {
  ActionInfo,
  ActionInputValues,
  ActionResult,
  ActionsOf,
  ActionTemplate,
  AuthorizationRequest,
  EditedDocument,
  Obstacle,
  Preview,
} from '../contract/action';
import type { Resource } from '../contract/resource';
import { HttpError } from '../../http/errors';

/** The obstacle of every action of a resource that is being deleted. */
export function beingDeleted(): Obstacle {
  return { reason: l10n.t('This resource is already being deleted.') };
}

/**
 * The actions of a resource while it is being deleted: those that users look for get an obstacle. The others, which the
 * service would refuse or the deletion would undo, are left out.
 */
export function whileDeleted<A extends ActionInfo>(actions: readonly A[]): readonly A[] {
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

/** What to throw for an action that is none. @param service its name for people. */
export function unknownAction(service: string, id: string): HttpError {
  return new HttpError('rejected', l10n.t('{0} has no action named {1}.', service, id));
}

/** Actions that are run by id, as some services implement them. */
export interface ActionsById {
  actionsFor(resource: Resource): readonly ActionInfo[];
  draft(resource: Resource, actionId: string, call: CallOptions): Promise<ActionTemplate>;
  preview(
    resource: Resource,
    actionId: string,
    document: EditedDocument,
    call: CallOptions,
  ): Promise<Preview>;
  consent?(
    resource: Resource,
    actionId: string,
    values: ActionInputValues,
    call: CallOptions,
  ): Promise<AuthorizationRequest | undefined>;
  perform(
    resource: Resource,
    actionId: string,
    values: ActionInputValues,
    call: CallOptions,
  ): Promise<ActionResult>;
}

/** Binds actions that are run by id to their resource. */
export function bindActions(actions: ActionsById): ActionsOf {
  return (resource) =>
    actions.actionsFor(resource).map((info) => ({
      ...info,
      ...(info.input.kind === 'document' && {
        draft: (call: CallOptions) => actions.draft(resource, info.id, call),
        preview: (document: EditedDocument, call: CallOptions) =>
          actions.preview(resource, info.id, document, call),
      }),
      ...(actions.consent && {
        consent: async (values: ActionInputValues, call: CallOptions) =>
          actions.consent?.(resource, info.id, values, call),
      }),
      perform: (values, call) => actions.perform(resource, info.id, values, call),
    }));
}
