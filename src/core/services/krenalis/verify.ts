import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CallOptions } from '../../http/types';
import { HttpError } from '../../http/errors';
import { brokenChoices } from '../common/items';
import type { Choice, Identity } from '../contract/signIn';
import type { Problem } from '../contract/resource';
import { readAnyOne, readOne } from '../common/readOne';
import { readList } from './client/listing';
import type { Operations } from './client/operations';
import { workspaceSchema } from './client/schemas';

/**
 * Proves that the account works, by the name of its workspace (GET /v1/workspaces/current).
 * @param workspace the id of the one that the account names.
 * @throws HttpError where it does not; a key of the organization without a workspace is told which there are.
 */
export async function verifyAccount(
  operations: Operations,
  workspace: string | undefined,
  call: CallOptions,
): Promise<Identity> {
  try {
    const { name, warehouseMode = 'Normal' } = await currentWorkspace(operations, call, workspace);
    return warehouseMode === 'Normal' ? { name } : { name, warning: warehouseWarning(warehouseMode) };
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 403) throw error;
    throw await namingWorkspaces(error, operations, call);
  }
}

/**
 * The workspaces that a key may choose from: those of the organization, or none but its own, which must not be named.
 * A key restricted to a workspace is refused the list by the status of a wrong key (recorded: 401), so it is asked
 * which workspace it opens.
 * @throws HttpError
 */
export async function workspaceChoices(
  operations: Operations,
  call: CallOptions,
): Promise<readonly Choice[]> {
  try {
    return await fetchWorkspaces(operations, call);
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 401) throw error;
    const { id, name } = await currentWorkspace(operations, call);
    return [{ value: '', label: l10n.t('None. The key only gives access to "{0}"', name), description: id }];
  }
}

/** The workspaces of the organization (GET /v1/workspaces), and a row for broken ones. */
async function fetchWorkspaces(operations: Operations, call: CallOptions): Promise<readonly Choice[]> {
  const values = readList(await operations.workspaces(call), 'workspaces');
  const choices = values.flatMap((value): readonly Choice[] => {
    const decoded = v.safeParse(workspaceSchema, value);
    if (!decoded.success) return [];
    const { id, name } = decoded.output;
    return [{ value: id, label: name ?? id, ...(name !== undefined && { description: id }) }];
  });
  return [...choices, ...brokenChoices(values.length - choices.length)];
}

async function currentWorkspace(
  operations: Operations,
  call: CallOptions,
  id?: string,
): Promise<{ id: string; name: string; warehouseMode?: string | undefined }> {
  const response = await operations.currentWorkspace(call);
  const identity = { schema: workspaceSchema, idKey: 'id' } as const;
  const { decoded } =
    id === undefined ? readAnyOne(response, workspaceSchema, 'id') : readOne(response, identity, id);
  return { ...decoded, name: decoded.name ?? decoded.id };
}

/** The refusal, with the workspaces that there are in its advice. They are a help only: failing to read them is no matter. */
async function namingWorkspaces(
  refusal: HttpError,
  operations: Operations,
  call: CallOptions,
): Promise<HttpError> {
  const listed = await fetchWorkspaces(operations, call).catch((): readonly Choice[] => []);
  const choices = listed.filter(({ problem }) => !problem);
  if (choices.length === 0) return refusal;
  const names = choices.map(({ label, value }) => `${value} (${label})`).join(', ');
  return refusal.withAdvice(
    l10n.t('Edit the account and enter the Workspace ID. This key can access: {0}.', names.slice(0, 400)),
  );
}

function warehouseWarning(mode: string): Problem {
  return {
    title: l10n.t('The data warehouse is not in normal mode'),
    detail: l10n.t('The current mode is {0}.', mode),
    advice: l10n.t(
      'Connections and pipelines are available. Runs, and during maintenance also identities, are unavailable until the mode is Normal again.',
    ),
    retryable: false,
  };
}
