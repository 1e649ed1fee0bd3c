import type { CallOptions } from '../../../http/types';
import { parentPath, type ResourcePath } from '../../contract/path';
import type {
  ActionResult,
  AuthorizationRequest,
  Preview,
  ActionTemplate,
  ActionInputValues,
  EditedDocument,
  ActionInfo,
} from '../../contract/action';
import type { Resource } from '../../contract/resource';

/** An action as its deed offers it: the id is that of the deed. */
export type Offer = Omit<ActionInfo, 'id'>;

/** One action: when it is offered, and how it is done. */
export interface ActionHandler {
  readonly id: string;
  /** Makes no request. @returns undefined where it does not apply to the resource as it is. */
  offer(resource: Resource): Offer | undefined;
  /** Where the action asks for a document. @throws HttpError */
  draft?(resource: Resource, call: CallOptions): Promise<ActionTemplate>;
  preview?(resource: Resource, document: EditedDocument, call: CallOptions): Promise<Preview>;
  /** Where an application may have to be asked first. @throws HttpError */
  consent?(answer: ActionInputValues, call: CallOptions): Promise<AuthorizationRequest | undefined>;
  /** @throws HttpError with the service's refusal. */
  perform(resource: Resource, answer: ActionInputValues, call: CallOptions): Promise<ActionResult>;
}

/** The list that a resource stands in. */
export function parentList({ path }: Resource): ResourcePath {
  return parentPath(path) ?? path;
}
