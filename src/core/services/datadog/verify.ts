import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../http/types';
import { HttpError } from '../../http/errors';
import { checkItems } from '../common/items';
import { toProblem } from '../common/problem';
import type { Identity } from '../contract/signIn';
import { connectionsIn, readList } from './client/listing';
import type { Operations } from './client/operations';
import { connectionSchema } from './client/schemas';
import { siteName, type DatadogSettings } from './signIn/settings';

/**
 * Verifies an account: the connections of one of its entities can be read, preferably the first. Datadog has no
 * operation that returns the owner of the keys, so the site is shown as the name.
 * @throws HttpError if the sign-in does not work.
 */
export async function verifyAccount(
  operations: Operations,
  settings: DatadogSettings,
  call: CallOptions,
): Promise<Identity> {
  const [failure] = await readAny(operations, settings.entities, call);
  return { name: siteName(settings), ...(failure && { warning: toProblem(failure) }) };
}

/**
 * Verifies an account when it is refreshed: its entities come from its settings, so nothing else would be requested.
 * Errors that only affect entities are shown in their own rows.
 * @throws HttpError as `verifyAccount`, but not of kind `notFound` or `rejected`.
 */
export async function proveAccount(
  ...[operations, settings, call]: Parameters<typeof verifyAccount>
): Promise<void> {
  try {
    await verifyAccount(operations, settings, call);
  } catch (error) {
    if (!isOfEntity(error)) throw error;
  }
}

/** True if the account may work nevertheless. */
function isOfEntity(error: unknown): error is HttpError {
  return error instanceof HttpError && (error.kind === 'notFound' || error.kind === 'rejected');
}

/**
 * Tries entities in turn until one can be read, because the organization may not have all of them.
 * @returns why those before it cannot be read.
 * @throws HttpError of the first entity if none can be read.
 */
async function readAny(
  operations: Operations,
  entities: readonly string[],
  call: CallOptions,
): Promise<readonly HttpError[]> {
  const failures: HttpError[] = [];
  for (const entity of entities) {
    try {
      const response = await operations.connections(entity, call);
      checkItems(response, readList(response, connectionsIn), connectionSchema);
      return failures;
    } catch (error) {
      if (!isOfEntity(error)) throw error;
      failures.push(error);
    }
  }
  throw failures[0] ?? new HttpError('rejected', l10n.t('The account has no entities.'));
}
