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
 * Proves that the account works: the connections of one of its entities can be read, the first if possible. Datadog
 * has no operation that says whose keys these are, so the site stands for the name.
 * @param withKeys true where the account signs in with an API key, which can be checked on its own.
 * @throws HttpError where the sign-in does not work; it says which of the two keys is wrong where that can be told.
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
 * Proves the same for who refreshes the account: its entities stand in its settings, so nothing else would be asked. What
 * is wrong with entities alone, their own rows tell.
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

/** True where the account may work all the same. */
function isOfEntity(error: unknown): error is HttpError {
  return error instanceof HttpError && (error.kind === 'notFound' || error.kind === 'rejected');
}

/**
 * Reads entity after entity until one can be read. One that the organization does not have must not spoil the others.
 * @returns why those before it cannot be read.
 * @throws HttpError of the first entity where none can be read.
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

/** Datadog answers 403 and `Forbidden` whichever key is wrong: asking for the API key alone tells them apart. */
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
    },
  );
}

function isRefusal({ status }: HttpError): boolean {
  return status === 401 || status === 403;
}

function siteName({ site, endpoint }: DatadogSettings): string {
  return site ?? new URL(endpoint).host;
}
