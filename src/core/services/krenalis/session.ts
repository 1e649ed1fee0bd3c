import { EMPTY_PAGE, type Page, type PageRequest } from '../contract/page';
import type { HttpClientFactory, CallOptions } from '../../http/types';
import type { SessionWith } from '../contract/service';
import type { Secrets, Account } from '../contract/signIn';
import type { Resource } from '../contract/resource';
import { readError } from './client/errors';
import { Operations } from './client/operations';
import { readKey, readSettings } from './signIn/settings';
import { origins } from './signIn/signIn';
import { Transport } from './client/transport';
import * as l10n from '@vscode/l10n';
import { HttpError } from '../../http/errors';
import { listActions } from './actions/actions';
import { ConnectorCache, connectorTerms } from './client/connectors';
import { connectionsPage, pipelinesPage } from './levels/connections';
import { KrenalisRuns } from './levels/currentRuns';
import { toProperties } from './details/properties';
import { KrenalisReports } from './details/reports';
import { identitiesPage } from './levels/identities';
import { requestTemplate, webLink } from './details/links';
import { OAuth } from './actions/oauth';
import { krenalisPortrait } from './details/detailViews';
import { readText } from './levels/read';
import { runsPage } from './levels/runs';
import { verifyAccount, workspaceChoices } from './verify';

export type KrenalisSession = SessionWith<'actions' | 'detailViews' | 'choices' | 'glossaryTerms'> & {
  readonly runs: KrenalisRuns;
};

/**
 * Opens a session. Sends no request.
 * @throws HttpError kind `rejected` if settings or secrets are unusable.
 */
export function connect(
  account: Account,
  secrets: Secrets,
  createClient: HttpClientFactory,
): KrenalisSession {
  const settings = readSettings(account);
  const key = readKey(secrets);
  const http = createClient({
    origins: origins(account.settings),
    secrets: () => transport.secrets(),
    parseError: readError,
  });
  const transport: Transport = new Transport(settings, key, http);
  const operations = new Operations(transport);
  const connectors = new ConnectorCache(operations);
  const oauth = new OAuth(operations);
  return {
    detailViews: krenalisPortrait,
    actions: (resource) => listActions({ operations, connectors, oauth }, resource),
    runs: new KrenalisRuns(operations, connectors),
    reports: new KrenalisReports(operations),
    verify: (call) => verifyAccount(operations, settings.workspace, call),
    choices: (fieldKey, call) =>
      fieldKey === 'workspace' ? workspaceChoices(operations, call) : Promise.resolve([]),
    children: (parent, page, call) => childrenPage(operations, connectors, parent, page, call),
    read: (resource, call, onPart) => readText(operations, resource, call, onPart),
    glossaryTerms: async (glossaryId, call) => {
      if (glossaryId === 'connectors') return connectorTerms(await connectors.connectors(call));
      throw new HttpError('rejected', l10n.t('Krenalis has no list named {0}.', glossaryId));
    },
    properties: toProperties,
    webLink: (resource) => webLink(resource, settings),
    requestTemplate: (resource) => requestTemplate(resource, settings),
    dispose: () => {
      http.dispose();
    },
  };
}

async function childrenPage(
  operations: Operations,
  connectors: ConnectorCache,
  parent: Resource,
  page: PageRequest,
  call: CallOptions,
): Promise<Page> {
  switch (parent.kind) {
    case 'account': {
      const connections = await connectionsPage(operations, parent, call);
      connectors.remember(connections.items.map(({ resource }) => resource));
      return connections;
    }
    case 'connection': {
      const pipelines = await pipelinesPage(operations, parent, call);
      if (pipelines.parent) connectors.update(pipelines.parent);
      return pipelines;
    }
    case 'pipeline':
      return runsPage(operations, connectors, parent, page, call);
    case 'group':
      return identitiesPage(operations, parent, page, call);
    default:
      return EMPTY_PAGE;
  }
}
