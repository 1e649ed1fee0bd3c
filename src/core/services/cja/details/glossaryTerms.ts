import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { isJsonObject, parseJson } from '../../../http/json';
import { brokenTerms } from '../../common/items';
import { id, text } from '../../common/decode';
import type { GlossaryTerm } from '../../contract/properties';
import type { Operations } from '../client/operations';

const dataSourceType = v.object({ id, type: text, description: text });

/**
 * The data source types of the organization (GET /data/connections/configurationSettings), and a row for broken ones.
 * @throws HttpError; kind `notFound` with an explanation if the service lacks the operation, which only the guide
 * documents.
 */
export async function dataSourceTypes(
  operations: Operations,
  locale: string | undefined,
  call: CallOptions,
): Promise<readonly GlossaryTerm[]> {
  const json = parseJson(await operations.configurationSettings({ locale }, call).catch(explain));
  const types: unknown = isJsonObject(json) ? json.dataSourceTypes : undefined;
  if (!Array.isArray(types)) {
    throw new HttpError('protocol', l10n.t('The response contains no data source types.'));
  }
  const terms = types.flatMap((type: unknown) => {
    const decoded = v.safeParse(dataSourceType, type);
    return decoded.success ? [term(decoded.output)] : [];
  });
  return [...terms, ...brokenTerms(types.length - terms.length)];
}

function term({ id, type, description }: v.InferOutput<typeof dataSourceType>): GlossaryTerm {
  return { id, label: type ?? id, ...(description && { description }) };
}

function explain(error: unknown): never {
  if (!(error instanceof HttpError) || error.kind !== 'notFound') throw error;
  throw new HttpError('notFound', l10n.t('This organization does not publish its data source types.'), {
    ...(error.status !== undefined && { status: error.status }),
    advice: l10n.t('No action is required. Everything else works without them.'),
    cause: error,
  });
}
