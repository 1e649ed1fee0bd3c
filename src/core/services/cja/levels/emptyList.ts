import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import type { PageItem, PageRequest } from '../../contract/page';
import type { Resource, Problem } from '../../contract/resource';
import { connectionsOfDataViews } from './dataViews';
import { adminAdvice } from '../client/errors';
import type { Operations } from '../client/operations';
import type { CjaSettings } from '../signIn/settings';

/** Why a list of connections is empty, and the connections that are known nevertheless. */
export interface EmptyList {
  readonly problem: Problem;
  /** Connections known from data views, including these. */
  readonly hidden: readonly PageItem[];
}

/**
 * Explains an empty list of connections: Adobe responds with 200 and an empty list, not 403, if the technical account
 * is not a product administrator. Data views show whether there are connections.
 * @throws HttpError if the data views cannot be read for a reason other than missing permissions.
 */
export async function explainEmptyList(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  request: Pick<PageRequest, 'bypassCache'>,
  call: CallOptions,
): Promise<EmptyList> {
  const filter = [settings.sandboxName, settings.sandboxId, ...settings.connectionIds]
    .filter(Boolean)
    .join(', ');
  if (filter !== '') return { problem: nothingMatches(filter), hidden: [] };
  const hidden = await connectionsOfDataViews(operations, account, request, call);
  return {
    problem: emptyAnswer(hidden.filter(({ resource }) => resource.kind === 'connection').length),
    hidden,
  };
}

function nothingMatches(filter: string): Problem {
  return {
    title: l10n.t('No connections match the account settings'),
    detail: l10n.t('The account only shows connections of {0}, and Adobe found none.', filter),
    advice: l10n.t('Edit the account to change what it shows.'),
    retryable: true,
  };
}

function emptyAnswer(hidden: number): Problem {
  const why =
    hidden > 0
      ? l10n.t(
          'Data views show that connections exist ({0}), but the account is not a product administrator of Customer Journey Analytics. In this case Adobe returns an empty list instead of an error.',
          hidden,
        )
      : l10n.t(
          'Either the organization has no connections, or the account is not a product administrator of Customer Journey Analytics. In the latter case Adobe returns an empty list instead of an error.',
        );
  return {
    title: l10n.t('Adobe returned an empty list of connections'),
    detail: why,
    advice: adminAdvice(),
    retryable: true,
  };
}
