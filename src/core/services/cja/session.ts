import { EMPTY_PAGE, type Page, type PageRequest } from '../contract/page';
import type { CallOptions, HttpClient, HttpClientFactory, RateLimit } from '../../http/types';
import { accountPath } from '../contract/path';
import type { SessionWith } from '../contract/service';
import type { Secrets, Account } from '../contract/signIn';
import type { Resource } from '../contract/resource';
import type { TokenSource } from '../common/tokens';
import { Catalog, Transport } from './client/transport';
import { readError } from './client/errors';
import { Operations } from './client/operations';
import { readCredentials, readSettings, type CjaSettings } from './signIn/settings';
import { tokenSource } from './client/token';
import * as l10n from '@vscode/l10n';
import { HttpError } from '../../http/errors';
import { listActions } from './actions/actions';
import { backfillsPage } from './levels/backfills';
import { canSearch, connectionsByDataset, connectionsPage, searchConnections } from './levels/connections';
import { componentGroupsPage, componentsPage } from './levels/components';
import { CjaRuns } from './levels/currentRuns';
import { datasetsPage } from './levels/datasets';
import { dataViewsPage } from './levels/dataViews';
import { toFacts, toProperties } from './details/properties';
import { requestTemplate, shortId, webLink } from './details/links';
import { AuditLog } from './details/auditLog';
import { Batches } from './details/batches';
import { locate } from './levels/locate';
import { getComponentKind } from './levels/resources';
import { cjaPortrait } from './details/detailViews';
import { readText } from './levels/read';
import { dataSourceTypes } from './details/glossaryTerms';
import { verifyAccount } from './verify';

/** Adobe's limit for each API user (CJA API FAQ): 12 requests in any 6 seconds. */
const RATE_LIMIT = { requests: 12, interval: 6000 } as const;

/** Adobe documents no limit of the Catalog Service for a user: no more than a person who looks through datasets needs. */
const PLATFORM_RATE_LIMIT = { requests: 10, interval: 10_000 } as const;

export type CjaSession = SessionWith<
  | 'actions'
  | 'detailViews'
  | 'findConnectionsByDataset'
  | 'findById'
  | 'glossaryTerms'
  | 'shortId'
  | 'hasBackfills'
  | 'logs'
> & { readonly runs: CjaRuns };

/**
 * Opens a session. Sends no request.
 * @throws HttpError kind `rejected` if settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): CjaSession {
  const settings = readSettings(account);
  const credentials = readCredentials(secrets);
  const client = (origins: readonly string[], rateLimit: RateLimit): HttpClient =>
    createClient({
      ...{ origins, rateLimit },
      secrets: () => tokens.secrets(),
      parseError: (response) => readError(response, 'accessToken' in credentials),
    });
  const http = client([settings.endpoint, settings.imsEndpoint], RATE_LIMIT);
  const tokens: TokenSource = tokenSource(settings, credentials, http);
  const operations = new Operations(new Transport(settings, tokens, http));
  const platform = connectPlatform(settings, tokens, client);
  return {
    hasBackfills: true,
    detailViews: cjaPortrait,
    logs: { history: new AuditLog(operations), ...(platform && { batches: platform.batches }) },
    actions: (resource) => listActions(operations, resource),
    runs: new CjaRuns(operations, settings),
    verify: (call) => verifyAccount(operations, accountResource(account), settings, call),
    children: (parent, page, call) => childrenPage(operations, settings, parent, page, call),
    read: (resource, call, onPart) => readText(operations, resource, settings.locale, call, onPart),
    findConnectionsByDataset: async (parent, datasetId, call) => {
      const found = await connectionsByDataset(operations, parent, settings, datasetId, 0, call);
      return found.map(({ resource }) => resource);
    },
    ...(canSearch(settings) && {
      searchConnections: (parent, text, call) => searchConnections(operations, parent, settings, text, call),
    }),
    findById: (parent, id, call) => locate(operations, parent, settings, id, call),
    glossaryTerms: async (glossaryId, call) => {
      if (glossaryId === 'dataSourceTypes') return dataSourceTypes(operations, settings.locale, call);
      throw new HttpError('rejected', l10n.t('Adobe CJA has no list named {0}.', glossaryId));
    },
    properties: toProperties,
    facts: toFacts,
    webLink: (resource) => webLink(resource, settings),
    requestTemplate: (resource) => requestTemplate(resource, settings),
    shortId,
    dispose: () => {
      http.dispose();
      platform?.client.dispose();
    },
  };
}

/** What is read from Experience Platform, by a client of its own: undefined for an account that does not ask it. */
function connectPlatform(
  settings: CjaSettings,
  tokens: TokenSource,
  createClient: (origins: readonly string[], rateLimit: RateLimit) => HttpClient,
): { readonly client: HttpClient; readonly batches: Batches } | undefined {
  const { platformEndpoint: endpoint, sandboxName } = settings;
  if (endpoint === undefined) return undefined;
  const client = createClient([endpoint], PLATFORM_RATE_LIMIT);
  const catalog = new Catalog(new Transport({ ...settings, endpoint }, tokens, client));
  return { client, batches: new Batches(catalog, sandboxName) };
}

function accountResource({ id, name }: Account): Resource {
  return { path: accountPath(id), kind: 'account', id, label: name, hasChildren: true };
}

async function childrenPage(
  operations: Operations,
  settings: CjaSettings,
  parent: Resource,
  page: PageRequest,
  call: CallOptions,
): Promise<Page> {
  switch (parent.kind) {
    case 'account':
      return connectionsPage(operations, parent, settings, page, call);
    case 'connection':
      // A connection without JSON is only known from its data views: there is nothing else to show.
      return parent.json === undefined
        ? dataViewsPage(operations, parent, page, call)
        : datasetsPage(operations, parent, page, settings, call);
    case 'dataset':
      return backfillsPage(operations, parent, settings.backfillStatus, page, call);
    case 'dataView':
      return componentGroupsPage(parent);
    case 'group': {
      const kind = getComponentKind(parent);
      return kind
        ? componentsPage(operations, parent, kind, settings.locale, page, call)
        : dataViewsPage(operations, parent, page, call);
    }
    default:
      return EMPTY_PAGE;
  }
}
