import { EMPTY_PAGE } from '../contract/page';
import type { HttpClientFactory } from '../../http/types';
import type { Session } from '../contract/service';
import type { Secrets, Account } from '../contract/signIn';
import type { TokenSource } from '../common/tokens';
import { readError } from './client/errors';
import { Operations } from './client/operations';
import { readCredentials, readSettings } from './signIn/settings';
import { origins } from './signIn/signIn';
import { tokenSource } from './client/token';
import { Transport } from './client/transport';
import { createActions } from './actions/actions';
import { connectionsPage } from './levels/connections';
import { ImmutaRuns } from './levels/currentRuns';
import { childrenPage, rootsPage } from './levels/dataObjects';
import { toFacts, toProperties } from './details/properties';
import { requestTemplate, webLink } from './details/links';
import { immutaPortrait } from './details/detailViews';
import { readText } from './levels/read';
import { runsPage, tasksPage } from './levels/tasks';
import { verifyAccount } from './verify';

/**
 * Opens a session. Sends no request. Immuta documents no rate limit.
 * @throws HttpError kind `rejected` if settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const credentials = readCredentials(secrets);
  const http = createClient({
    origins: origins(account.settings),
    secrets: () => tokens.secrets(),
    parseError: (response) => readError(response, 'token' in credentials),
  });
  const tokens: TokenSource = tokenSource(settings, credentials, http);
  const operations = new Operations(new Transport(settings.endpoint, tokens, http));
  return {
    detailViews: immutaPortrait,
    actions: createActions(operations),
    runs: new ImmutaRuns(operations, settings),
    verify: (call) => verifyAccount(operations, settings.endpoint, call),
    children: async (parent, page, call) => {
      switch (parent.kind) {
        case 'account':
          return connectionsPage(operations, parent, page, call);
        case 'connection':
          return rootsPage(operations, parent, page, call);
        case 'dataObject':
          return childrenPage(operations, parent, page, call);
        case 'group':
          return tasksPage(operations, parent, settings, page, call);
        case 'task':
          return runsPage(operations, parent, settings, page, call);
        default:
          return EMPTY_PAGE;
      }
    },
    read: (resource, call, onPart) => readText(operations, resource, call, onPart),
    properties: toProperties,
    facts: toFacts,
    webLink: (resource) => webLink(resource, settings.endpoint),
    requestTemplate: (resource) => requestTemplate(resource, settings.endpoint),
    dispose: () => {
      http.dispose();
    },
  };
}
