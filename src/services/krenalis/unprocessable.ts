import * as l10n from '@vscode/l10n';
import type { HttpErrorKind } from '../../http/errors';

/** What kind of failure a code of status 422 means (source, `core/unprocessable_errors.go`). */
export function unprocessableKind(code = ''): HttpErrorKind {
  switch (code) {
    case 'AuthenticationFailed':
      return 'authentication';
    case 'OrganizationDisabled':
      return 'permission';
    case 'ConnectionNotExist':
    case 'WorkspaceNotExist':
    case 'OrganizationNotExist':
      return 'notFound';
    // Passes by itself, so trying again is offered.
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

/** What can be done about a code of status 422, as a sentence. The service's own words come before it. */
export function unprocessableAdvice(code = ''): string | undefined {
  switch (code) {
    case 'ConnectorNotExist':
      return l10n.t('This installation has no such connector. Choose one of those that it lists.');
    case 'LinkedConnectionNotExist':
      return l10n.t('A connection to link to is gone, or cannot be linked. Refresh, and choose another.');
    case 'ConnectionNotExist':
      return l10n.t('The connection was deleted meanwhile. Refresh the connections.');
    case 'InvalidSettings':
      return l10n.t("The connector refuses the settings. See its page in Krenalis' documentation.");
    case 'ConnectionsLimitReached':
      return l10n.t('The organization has as many connections as it may. Delete one, or ask for more.');
    case 'OrganizationDisabled':
      return l10n.t(
        'The administrator of this Krenalis has disabled the organization. Ask them to enable it.',
      );
    case 'WorkspaceNotExist':
      return l10n.t('The workspace was deleted. Edit the account, and check the Workspace ID.');
    case 'MaintenanceMode':
      return l10n.t('The data warehouse is being maintained. Try again when its mode is Normal.');
    case 'InspectionMode':
      return l10n.t('The data warehouse is open for reading only. Try again when its mode is Normal.');
    case 'PipelineAlreadyRunning':
    case 'RunInProgress':
      return l10n.t('The pipeline is running. Wait until the run is over, then start another.');
    case 'PipelineDisabled':
      return l10n.t('The pipeline is disabled. Enable it first.');
    case 'CannotRunIncrementally':
      return l10n.t('The pipeline cannot continue where its last run ended.');
    case 'AlterSchemaInExecution':
    case 'IdentityResolutionInExecution':
    case 'OperationAlreadyExecuting':
      return l10n.t('Krenalis is busy with another operation of this workspace. Try again when it is over.');
    case 'SchemaNotAligned':
      return l10n.t('The schema at the source or destination changed. Edit the pipeline in Krenalis.');
    case 'TransformationFailed':
      return l10n.t('The transformation of the pipeline failed. Edit it in Krenalis.');
    default:
      return undefined;
  }
}
