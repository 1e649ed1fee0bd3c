import * as l10n from '@vscode/l10n';
import type { ParsedError, HttpResponse } from '../../../http/types';
import type { HttpErrorKind } from '../../../http/errors';
import { bodyObject, errorWords, plainText } from '../../common/answerErrors';
import { isJsonObject, type JsonObject } from '../../../http/json';

/**
 * Parses an error response of Krenalis: `{"error":{"code","message","cause"?}}`, or something else if no operation of
 * the API was reached or something broke.
 */
export function readError(response: HttpResponse): ParsedError {
  const requestId = response.headers['request-id'] ?? response.requestId;
  const body = bodyObject(response.text);
  const reading = isJsonObject(body?.error) ? ofObject(response.status, body.error) : ofOther(response, body);
  return { ...reading, ...(requestId !== undefined && { requestId }) };
}

function ofObject(status: number, error: JsonObject): ParsedError {
  const code = word(error.code);
  const words = word(error.message) ?? '';
  const cause = word(error.cause);
  const message = cause === undefined || words.includes(cause) ? words : `${words}: ${cause}`;
  const kind = toKind(status, code, words);
  const advice = adviceFor(status, code, words);
  return {
    ...(kind && { kind }),
    ...(isOfSettings(status, words) && { blamesAccount: true, wrongField: 'workspace' }),
    ...(code !== undefined && { code }),
    ...(message !== '' && { message }),
    ...(advice !== undefined && { advice }),
  };
}

/** A response that does not come from an operation of the API: plain text, a proxy's page, or the JSON of a gateway. */
function ofOther(response: HttpResponse, body: JsonObject | undefined): ParsedError {
  const message = errorWords(body) ?? plainText(response);
  const advice = textAdvice(response.status);
  return {
    ...(message !== undefined && { message }),
    ...(advice !== undefined && { advice }),
    // Another server than Krenalis.
    ...([404, 405].includes(response.status) && { wrongField: 'endpoint' }),
  };
}

function textAdvice(status: number): string | undefined {
  switch (status) {
    case 404:
    case 405:
      return l10n.t(
        'Check the address of the account. The server does not support this Krenalis operation. If the address is correct, update Krenalis.',
      );
    case 500:
      return l10n.t(
        'Try again later. If it happens again, ask the Krenalis administrator to look up the request ID in the log. The data warehouse may be unreachable.',
      );
    default:
      return undefined;
  }
}

/** The error kind, if the code is more specific than the HTTP status. A malformed key is a 400. */
function toKind(status: number, code: string | undefined, message: string): HttpErrorKind | undefined {
  if (status === 422) return unprocessableKind(code);
  return status === 400 && isAboutKey(message) ? 'authentication' : undefined;
}

function adviceFor(status: number, code: string | undefined, message: string): string | undefined {
  switch (status) {
    case 400:
      return badRequestAdvice(message);
    case 401:
      return l10n.t(
        'The key is invalid or was deleted. Create a key in Krenalis (Organization > Access keys) and edit the account.',
      );
    case 403:
      return l10n.t('This is an organization key. Edit the account and enter the Workspace ID.');
    case 404:
      return message.startsWith('workspace')
        ? l10n.t('Edit the account and check the Workspace ID and the address.')
        : l10n.t('It may have been deleted. Refresh the parent row.');
    case 422:
      return unprocessableAdvice(code);
    case 503:
      return l10n.t(
        'Krenalis could not reach a dependency, such as the database or application of the connection. Check its settings, then try again.',
      );
    default:
      return undefined;
  }
}

function badRequestAdvice(message: string): string | undefined {
  if (isAboutKey(message))
    return l10n.t('Edit the account and enter a Krenalis API key. It starts with api_.');
  if (message.includes('workspace restricted key'))
    return l10n.t(
      'This key is restricted to a workspace. Edit the account and leave the Workspace ID empty.',
    );
  if (message.includes('Krenalis-Workspace'))
    return l10n.t(
      'Edit the account and check the Workspace ID. It is not in the format used by this installation.',
    );
  if (/^name is (empty|longer)/.test(message))
    return l10n.t('Change the name. It must not be empty or longer than Krenalis allows.');
  if (message.includes('does not support OAuth'))
    return l10n.t('Check the OAuth configuration and the available connectors in Krenalis.');
  if (/identifier .* is not valid/.test(message))
    return l10n.t(
      'Krenalis changed its IDs in version 0.40. Refresh the connections to load the current IDs.',
    );
  return undefined;
}

/** True if key and workspace of the account do not match. */
function isOfSettings(status: number, message: string): boolean {
  if (status === 404) return message.startsWith('workspace');
  return status === 403 || (status === 400 && /workspace restricted key|Krenalis-Workspace/.test(message));
}

function isAboutKey(message: string): boolean {
  return message.startsWith('API key') || message.startsWith('Authorization header');
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The error kind for a code of status 422 (source, `core/unprocessable_errors.go`). */
function unprocessableKind(code = ''): HttpErrorKind {
  switch (code) {
    case 'AuthenticationFailed':
      return 'authentication';
    case 'OrganizationDisabled':
      return 'permission';
    case 'ConnectionNotExist':
    case 'WorkspaceNotExist':
    case 'OrganizationNotExist':
      return 'notFound';
    // Temporary, so retrying is offered.
    case 'MaintenanceMode':
    case 'InspectionMode':
      return 'server';
    case 'PipelineAlreadyRunning':
    case 'RunInProgress':
    case 'OperationAlreadyExecuting':
    case 'AlterSchemaInExecution':
    case 'IdentityResolutionInExecution':
      return 'conflict';
    default:
      return 'rejected';
  }
}

/** Advice for a code of status 422, as a sentence. It follows the service's own message. */
function unprocessableAdvice(code = ''): string | undefined {
  switch (code) {
    case 'ConnectorNotExist':
      return l10n.t('This installation has no such connector. Select one of the listed connectors.');
    case 'LinkedConnectionNotExist':
      return l10n.t(
        'A connection to link to no longer exists or cannot be linked. Refresh and select another one.',
      );
    case 'ConnectionNotExist':
      return l10n.t('The connection has been deleted. Refresh the connections.');
    case 'InvalidSettings':
      return l10n.t('The connector rejected the settings. See its page in the Krenalis documentation.');
    case 'ConnectionsLimitReached':
      return l10n.t(
        'The organization has reached its maximum number of connections. Delete one, or ask for a higher limit.',
      );
    case 'OrganizationDisabled':
      return l10n.t('The organization was disabled by the Krenalis administrator. Ask them to enable it.');
    case 'WorkspaceNotExist':
      return l10n.t('The workspace was deleted. Edit the account and check the Workspace ID.');
    case 'MaintenanceMode':
      return l10n.t('The data warehouse is in maintenance. Try again when its mode is Normal.');
    case 'InspectionMode':
      return l10n.t('The data warehouse is read-only. Try again when its mode is Normal.');
    case 'PipelineAlreadyRunning':
    case 'RunInProgress':
      return l10n.t('The pipeline is running. Wait for the run to end, then start another one.');
    case 'PipelineDisabled':
      return l10n.t('The pipeline is disabled. Enable it first.');
    case 'CannotRunIncrementally':
      return l10n.t('The pipeline cannot continue where its last run ended.');
    case 'AlterSchemaInExecution':
    case 'IdentityResolutionInExecution':
    case 'OperationAlreadyExecuting':
      return l10n.t(
        'Krenalis is busy with another operation in this workspace. Try again when it has finished.',
      );
    case 'SchemaNotAligned':
      return l10n.t('The schema of the source or destination has changed. Edit the pipeline in Krenalis.');
    case 'TransformationFailed':
      return l10n.t('The transformation of the pipeline failed. Edit it in Krenalis.');
    default:
      return undefined;
  }
}
