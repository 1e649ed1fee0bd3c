import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import type { ActionAnswer, EditedDocument } from './service';

/** The document of an answer. @throws HttpError kind `rejected` where the answer is of another kind. */
export function documentOf(answer: ActionAnswer): EditedDocument {
  if (answer.kind === 'document') return answer;
  throw new HttpError('rejected', l10n.t('The action needs a document.'));
}

/** The value of a field. @throws HttpError kind `rejected` where it is missing. */
export function fieldOf(answer: ActionAnswer, key: string): string {
  const value = answer.kind === 'fields' ? answer.values[key] : undefined;
  if (value !== undefined && value !== '') return value;
  throw new HttpError('rejected', l10n.t('This action needs a choice.'));
}

/** What to throw for an action that is none. @param service its name for people. */
export function unknownAction(service: string, id: string): HttpError {
  return new HttpError('rejected', l10n.t('{0} has no action named {1}.', service, id));
}
