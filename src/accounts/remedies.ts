import { HttpError } from '../http/errors';
import { accountPath, type ResourcePath } from '../services/path';

/** The account whose form mends a failure; undefined where none does, or nothing of it can be edited. */
export function accountToEdit(error: unknown): ResourcePath | undefined {
  const id = error instanceof HttpError && error.blamesAccount ? error.account?.id : undefined;
  return id === undefined ? undefined : accountPath(id);
}
