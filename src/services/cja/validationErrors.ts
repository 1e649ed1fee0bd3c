import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { type ValidationError, validationErrorSchema } from './schemas';

/** What is wrong with a connection: in words for a person, and as the service's code. */
interface Complaint {
  readonly text: string;
  readonly code: string;
}

/** Each validation error of a connection (OpenAPI, ConnectionValidationError.errorCode). */
export function validationErrors(errors: readonly unknown[] | undefined): readonly Complaint[] {
  return (errors ?? []).flatMap((error) => {
    const decoded = v.safeParse(validationErrorSchema, error);
    return decoded.success ? [{ text: sentence(decoded.output), code: decoded.output.errorCode ?? '' }] : [];
  });
}

function sentence(error: ValidationError): string {
  const dataset = error.dataSetName ?? error.dataSetId;
  const text = meaning(error);
  return dataset ? `${dataset}: ${text}` : text;
}

function meaning({ errorCode = '', missingField = '?', disallowedField = '?' }: ValidationError): string {
  switch (errorCode) {
    case 'MISSING_FIELD':
      return l10n.t('the field {0} is missing', missingField);
    case 'DISALLOWED_FIELD':
      return l10n.t('the field {0} is not allowed', disallowedField);
    case 'DATA_SET_DOES_NOT_EXIST':
      return l10n.t('the dataset does not exist');
    case 'REQUIRED_EVENT_DATA_SET_MISSING':
      return l10n.t('an event dataset is required');
    case 'SCHEMA_UNAVAILABLE':
      return l10n.t('the schema cannot be read');
    case 'NAMESPACE_UNAVAILABLE':
      return l10n.t('the identity namespace cannot be read');
    case 'DATASET_BACKFILL_REQUEST_LIMIT_EXCEEDED':
      return l10n.t('too many backfills were requested');
    case 'DATASETS_PER_CONNECTION_LIMIT_EXCEEDED':
      return l10n.t('the connection has too many datasets');
    default:
      return plain(errorCode);
  }
}

/** `INVALID_LOOKUP_KEY_FIELD` as `invalid lookup key field`: the other codes say what they mean. */
function plain(code: string): string {
  return code === '' ? l10n.t('an error without a code') : code.replaceAll('_', ' ').toLowerCase();
}
