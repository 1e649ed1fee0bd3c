import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../http/types';
import { HttpError } from '../../http/errors';
import { checkItems } from '../common/items';
import { toProblem } from '../common/problem';
import type { Identity } from '../contract/signIn';
import { connectionsIn, readList } from './client/listing';
import type { Operations } from './client/operations';
import { connectionSchema } from './client/schemas';
import type { DatadogSettings } from './signIn/settings';

/**
 * Verifies an account: the connections of one of its entities can be read, preferably the first. Datadog has no
 * operation that returns the owner of the keys, so the site is shown as the name.
 * @param withKeys true if the account signs in with an API key, which can be checked separately.
 * @throws HttpError if the sign-in does not work; says which of the two keys is wrong, if possible.
 */
export async function verifyAccount(
  operations: Operations,
  settings: DatadogSettings,
  withKeys: boolean,
  call: CallOptions,
): Promise<Identity> {
  const name = siteName(settings);
  try {
    const [failure] = await readAny(operations, settings.entities, call);
    return { name, ...(failure && { warning: toProblem(failure) }) };
  } catch (error) {
    if (!withKeys || !(error instanceof HttpError) || !isRefusal(error)) throw error;
    throw await explained(error, operations, settings, call);
  }
}

/**
 * Verifies an account when it is refreshed: its entities come from its settings, so nothing else would be requested.
 * Errors that only affect entities are shown in their own rows.
 * @throws HttpError as `verifyAccount`, but not of kind `notFound` or `rejected`.
 */
export async function proveAccount(
  ...[operations, settings, withKeys, call]: Parameters<typeof verifyAccount>
): Promise<void> {
  try {
    await verifyAccount(operations, settings, withKeys, call);
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

/** Datadog responds with 403 and `Forbidden` whichever key is wrong: checking only the API key distinguishes them. */
async function explained(
  refusal: HttpError,
  operations: Operations,
  settings: DatadogSettings,
  call: CallOptions,
): Promise<HttpError> {
  const details = { ...(refusal.status !== undefined && { status: refusal.status }), cause: refusal };
  try {
    await operations.validate(call);
  } catch (error) {
    if (!(error instanceof HttpError) || !isRefusal(error)) return refusal;
    return new HttpError('authentication', l10n.t('The API key is unknown on {0}.', siteName(settings)), {
      ...details,
      advice:
        settings.site === undefined
          ? l10n.t('Edit the account and check API key and API address.')
          : l10n.t('Edit the account and check API key and site. A key is valid only on its own site.'),
      wrongField: 'apiKey',
    });
  }
  return new HttpError(
    'authentication',
    l10n.t('The API key is valid, but Datadog rejected the application key or its permissions.'),
    {
      ...details,
      advice: l10n.t(
        'Edit the account and check the application key. If it is correct, the key or its owner lacks permission for Product Analytics.',
      ),
      wrongField: 'applicationKey',
    },
  );
}

function isRefusal({ status }: HttpError): boolean {
  return status === 401 || status === 403;
}

function siteName({ site, endpoint }: DatadogSettings): string {
  return site ?? new URL(endpoint).host;
}
