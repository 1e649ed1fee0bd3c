import { HttpError } from '../http/errors';
import { accountPath, type ResourcePath } from '../services/path';
import { problemOf } from '../services/problem';
import { remediesOf } from '../services/remedies';

/** The account whose form mends a failure; undefined where none does, or nothing of it can be edited. */
export function accountToEdit(error: unknown): ResourcePath | undefined {
  const mends = error instanceof HttpError && remediesOf(problemOf(error)).includes('editAccount');
  const id = mends ? error.account?.id : undefined;
  return id === undefined ? undefined : accountPath(id);
}
