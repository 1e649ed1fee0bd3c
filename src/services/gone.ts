import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import type { Resource } from './service';

/** @throws HttpError kind `notFound`: a resource that was shown is not there any more. */
export function gone({ label }: Pick<Resource, 'label'>): never {
  throw new HttpError('notFound', l10n.t('"{0}" is not there any more.', label), {
    advice: l10n.t('It may have been deleted. Refresh the level above.'),
  });
}

/** @throws HttpError kind `rejected`: a resource such as a group is made up by this extension, and has no JSON. */
export function noJson({ label }: Pick<Resource, 'label'>): never {
  throw new HttpError('rejected', l10n.t('"{0}" has no JSON of its own.', label));
}
