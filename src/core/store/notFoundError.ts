import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import { pathSegments, type ResourcePath } from '../services/contract/path';
import type { Resource, Problem } from '../services/contract/resource';
import { plainText } from '../../shared/plainText';

/**
 * The error for a path that does not exist.
 * @param holder the deepest ancestor that exists.
 * @param missing the child that `holder` does not list. @param wanted the path that was requested: `missing`, or one
 * below it.
 * @param problem why the list of `holder` is incomplete, if it is.
 */
export function notFoundError(
  holder: Resource,
  missing: ResourcePath,
  wanted: ResourcePath,
  problem: Problem | undefined,
): HttpError {
  if (problem) {
    const { title, detail, advice } = problem;
    return new HttpError('notFound', `${title} ${detail}`, advice === undefined ? {} : { advice });
  }
  const name = plainText(holder.label);
  const message =
    missing === wanted
      ? l10n.t('{1} was not found in "{0}".', name, getId(missing))
      : l10n.t('{1}, the parent of {2}, was not found in "{0}".', name, getId(missing), getId(wanted));
  const advice = l10n.t(
    'It may have been deleted, be hidden from this account, or be excluded by the account settings. Refresh the tree, check the settings (Edit Account…), or ask an administrator of the service for permission.',
  );
  return new HttpError('notFound', message, { advice });
}

/** The error for an account that was removed, or a path inside one. */
export function accountRemovedError(): HttpError {
  return new HttpError('notFound', l10n.t('This account no longer exists.'), {
    advice: l10n.t('It was removed from VS Code. Select another account.'),
  });
}

/** The error for a tree row that is not shown any more. */
export function rowRemovedError(): HttpError {
  return new HttpError('notFound', l10n.t('This row no longer exists. Refresh the view.'));
}

function getId(path: ResourcePath): string {
  return plainText(pathSegments(path).at(-1)?.id ?? path);
}
