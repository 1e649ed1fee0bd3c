import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/client';
import { HttpError } from '../../../http/errors';
import { parentPath, type ResourcePath } from '../../path';
import type { Action, ActionAnswer, Consent, Draft, Outcome, Preview, Resource } from '../../service';

/** One action: when it is offered, and how it is done. */
export interface Deed {
  readonly id: string;
  /** Makes no request. @returns undefined where it does not apply to the resource as it is. */
  offer(resource: Resource): Action | undefined;
  /** Where the action asks for a document. @throws HttpError */
  draft?(resource: Resource, call: CallOptions): Promise<Draft>;
  preview?(resource: Resource, text: string, call: CallOptions): Promise<Preview>;
  /** Where an application may have to be asked first. @throws HttpError */
  consent?(answer: ActionAnswer, call: CallOptions): Promise<Consent | undefined>;
  /** @throws HttpError with the service's refusal. */
  perform(resource: Resource, answer: ActionAnswer, call: CallOptions): Promise<Outcome>;
}

/** The text of a document. @throws HttpError kind `rejected` where the answer is of another kind. */
export function documentOf(answer: ActionAnswer): string {
  if (answer.kind === 'document') return answer.text;
  throw new HttpError('rejected', l10n.t('This action needs a document.'));
}

/** The value of a field. @throws HttpError kind `rejected` where it is missing. */
export function fieldOf(answer: ActionAnswer, key: string): string {
  const value = answer.kind === 'fields' ? answer.values[key] : undefined;
  if (value !== undefined && value !== '') return value;
  throw new HttpError('rejected', l10n.t('This action needs a choice.'));
}

/** The list that a resource stands in. */
export function listAround({ path }: Resource): ResourcePath {
  return parentPath(path) ?? path;
}
