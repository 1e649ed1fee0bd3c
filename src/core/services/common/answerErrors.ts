import * as l10n from '@vscode/l10n';
import type { HttpResponse } from '../../http/types';
import { adviceNaming, HttpError } from '../../http/errors';
import { bodyObject, word } from './bodyObject';
import { isJsonObject } from './decode';
import type { Resource } from '../contract/resource';

/** Members with messages of services, in order of precedence. */
const WORDS = ['errorDescription', 'error_description', 'message', 'detail', 'title', 'error'] as const;

/**
 * The error for a 2xx response that is not what was requested. Quotes the service's message instead, masked, such as
 * that it is down for maintenance.
 * @param why a sentence.
 */
export function unexpectedAnswer(response: HttpResponse, why: string): HttpError {
  const { status, requestId } = response;
  const words = wordsIn(bodyObject(response.text));
  const quoted = words === undefined ? '' : (response.quote?.(words) ?? '');
  return new HttpError('protocol', quoted === '' ? why : l10n.t('{0} The service says: {1}', why, quoted), {
    status,
    ...(requestId !== undefined && { requestId }),
    advice: adviceNaming(
      'addresses',
      (addresses) =>
        l10n.t(
          'Try again later. If it happens again, check {0} of the account and that no proxy modifies the traffic.',
          addresses,
        ),
      () => l10n.t('Try again later. If it happens again, check that no proxy modifies the traffic.'),
    ),
  });
}

function wordsIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isJsonObject(value)) return undefined;
  const [first] = Array.isArray(value.errors) ? (value.errors as readonly unknown[]) : [];
  return wordsIn(first) ?? (isJsonObject(value.error) ? wordsIn(value.error) : word(value, WORDS));
}

/** @throws HttpError kind `notFound`, always: the list no longer contains the resource. */
export function throwNotFound({ label }: Pick<Resource, 'label'>): never {
  throw new HttpError('notFound', l10n.t('"{0}" no longer exists.', label), {
    advice: l10n.t('It may have been deleted. Refresh the parent row.'),
  });
}
