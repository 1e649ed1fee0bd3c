import { EMPTY_PAGE } from '../contract/page';
import type { HttpClientFactory } from '../../http/types';
import type { Session } from '../contract/service';
import type { Secrets, Account } from '../contract/signIn';
import { readError } from './client/errors';
import { readCredentials, readSettings } from './signIn/settings';
import { origins } from './signIn/signIn';
import { listActions } from './actions/actions';
import { attributesPage } from './levels/attributes';
import { connectionsPage, entitiesPage, fieldsPage } from './levels/connections';
import { toFacts, toProperties } from './details/properties';
import { requestTemplate, webLink } from './details/links';
import { Operations } from './client/operations';
import { datadogPortrait } from './details/detailViews';
import { readText } from './levels/read';
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
  return {
    detailViews: datadogPortrait,
    actions: (resource) => listActions(operations, resource),
    verify: (call) => verifyAccount(operations, settings, withKeys, call),
    children: async (parent, page, call) => {
      switch (parent.kind) {
        case 'account':
          if (page.bypassCache) await proveAccount(operations, settings, withKeys, call);
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
    },
    read: (resource, call, onPart) => readText(operations, resource, call, onPart),
    properties: toProperties,
    facts: toFacts,
    webLink: (resource) => webLink(resource, settings),
    requestTemplate: (resource) => requestTemplate(resource, settings, withKeys),
    dispose: () => {
      http.dispose();
    },
  };
}
