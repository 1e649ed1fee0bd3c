import * as l10n from '@vscode/l10n';
import { HttpError } from '../http/errors';
import type { Resource } from './service';

/** @throws HttpError kind `notFound`, always: the list that held the resource holds it no more. */
export function gone({ label }: Pick<Resource, 'label'>): never {
  throw new HttpError('notFound', l10n.t('"{0}" is not there any more.', label), {
    advice: l10n.t('It may have been deleted. Refresh the level above.'),
  });
}
