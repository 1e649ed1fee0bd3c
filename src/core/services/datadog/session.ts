import { EMPTY_PAGE } from '../contract/page';
import type { CallOptions, HttpClientFactory } from '../../http/types';
import type { Session } from '../contract/service';
import type { Secrets, Account } from '../contract/signIn';
import { readError } from './client/errors';
import { type DatadogSettings, readCredentials, readSettings } from './signIn/settings';
import { origins } from './signIn/signIn';
import { listActions } from './actions/actions';
import { attributesPage } from './levels/attributes';
import { connectionsPage, entitiesPage, fieldsPage } from './levels/connections';
import { toFacts, toProperties } from './details/properties';
import { requestTemplate, webLink } from './details/links';
import { Operations } from './client/operations';
import { datadogPortrait } from './details/detailViews';
import { readText } from './levels/read';
import { Refusals } from './refusals';
import { proveAccount, verifyAccount } from './verify';

/**
 * Opens a session. Sends no request. No rate limit is published for these operations: after a 429, requests are
 * delayed, see `core/http/retry.ts`.
 * @throws HttpError kind `rejected` if settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const credentials = readCredentials(secrets);
  const withKeys = 'apiKey' in credentials;
  const http = createClient({
    origins: origins(account.settings),
    secrets: () => Object.values(credentials),
    parseError: (response) => readError(response, { withKeys, hasSite: settings.site !== undefined }),
  });
  const operations = new Operations(settings.endpoint, credentials, http);
  const refusals = new Refusals(operations, settings);
  const explained = <T>(work: Promise<T>, call: CallOptions): Promise<T> =>
    withKeys ? refusals.explain(work, call) : work;
  return {
    detailViews: datadogPortrait,
    actions: (resource) => listActions(operations, resource),
    verify: (call) => explained(verifyAccount(operations, settings, call), call),
    children: (parent, page, call) => explained(childrenPage(operations, settings, parent, page, call), call),
    read: (resource, call, onPart) => explained(readText(operations, resource, call, onPart), call),
    properties: toProperties,
    facts: toFacts,
    webLink: (resource) => webLink(resource, settings),
    requestTemplate: (resource) => requestTemplate(resource, settings, withKeys),
    dispose: () => {
      http.dispose();
    },
  };
}

async function childrenPage(
  operations: Operations,
  settings: DatadogSettings,
  ...[parent, page, call]: Parameters<Session['children']>
): ReturnType<Session['children']> {
  switch (parent.kind) {
    case 'account':
      if (page.bypassCache) await proveAccount(operations, settings, call);
      return entitiesPage(parent, settings.entities);
    case 'entity':
      return connectionsPage(operations, parent, call);
    case 'connection':
      return fieldsPage(operations, parent, page, call);
    case 'group':
      return attributesPage(operations, parent, call);
    default:
      return EMPTY_PAGE;
  }
}
