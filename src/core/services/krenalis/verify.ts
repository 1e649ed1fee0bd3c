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
 * Verifies an account by requesting its workspace, whose name is shown (GET /v1/workspaces/current).
 * @param workspace the ID in the settings of the account.
 * @throws HttpError if it does not work; for a key of the organization without a workspace, it lists the workspaces.
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
 * The workspaces that can be chosen with a key: those of the organization, or only its own, which must not be named. A
 * restricted key is rejected by the list with the status of a wrong key (recorded: 401), so its workspace is requested.
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

/** Adds the available workspaces to the advice of an error, if they can be loaded. */
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
