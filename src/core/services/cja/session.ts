import type { HttpClientFactory, HttpClient, CallOptions } from '../../http/types';
import { accountPath } from '../contract/path';
import type { Session } from '../contract/service';
import type { RequestTemplate, GlossaryTerm, Property } from '../contract/properties';
import type { Secrets, Account, Identity } from '../contract/signIn';
import type { Page, PageRequest } from '../contract/page';
import type { Resource } from '../contract/resource';
import type { TokenSource } from '../common/tokens';
import { readError } from './client/errors';
import { Operations } from './client/operations';
import { readProof, readSettings, type CjaSettings } from './signIn/settings';
import { origins } from './signIn/signIn';
import { tokenSource } from './client/token';
import { Transport } from './client/transport';
import * as l10n from '@vscode/l10n';
import { HttpError } from '../../http/errors';
import { CjaActions } from './actions/actions';
import { backfillsPage } from './levels/backfills';
import { connectionsByDataset, connectionsPage } from './levels/connections';
import { CjaRuns } from './levels/currentRuns';
import { datasetsPage } from './levels/datasets';
import { dataViewsPage } from './levels/dataViews';
import { toProperties } from './details/properties';
import { recipe, shortId, webLink } from './details/links';
import { locate } from './levels/locate';
import { cjaPortrait } from './details/detailViews';
import { readText } from './levels/read';
import { dataSourceTypes } from './details/glossaryTerms';
import { verifyAccount } from './verify';

/** Adobe's limit for each user of the API (CJA API FAQ): 12 requests in any 6 seconds. */
const RATE_LIMIT = { requests: 12, interval: 6000 } as const;

/**
 * Opens a session. Makes no request.
 * @throws HttpError kind `rejected` where settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): CjaSession {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: origins(account.settings),
    rateLimit: RATE_LIMIT,
    secrets: () => tokens.secrets(),
    parseError: (response) => readError(response, 'accessToken' in proof),
  });
  const tokens: TokenSource = tokenSource(settings, proof, http);
  return new CjaSession(
    accountResource(account),
    settings,
    new Operations(new Transport(settings, tokens, http)),
    http,
  );
}

function accountResource({ id, name }: Account): Resource {
  return { path: accountPath(id), kind: 'account', id, label: name, hasChildren: true };
}

/** A signed-in account of Adobe CJA. Each level of the tree has a file of its own; this says which is whose. */
export class CjaSession implements Session {
  readonly actions: CjaActions;
  readonly runs: CjaRuns;
  readonly hasBackfills = true;
  readonly detailViews = cjaPortrait;

  constructor(
    private readonly account: Resource,
    private readonly settings: CjaSettings,
    private readonly operations: Operations,
    private readonly http: HttpClient,
  ) {
    this.actions = new CjaActions(operations);
    this.runs = new CjaRuns(operations, settings);
  }

  verify(call: CallOptions): Promise<Identity> {
    return verifyAccount(this.operations, this.account, this.settings, call);
  }

  async children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page> {
    switch (parent.kind) {
      case 'account':
        return connectionsPage(this.operations, parent, this.settings, page, call);
      case 'connection':
        // A connection without JSON is known by its data views only: there is nothing else to show.
        return parent.json === undefined
          ? dataViewsPage(this.operations, parent, page, call)
          : datasetsPage(this.operations, parent, page, this.settings, call);
      case 'dataset':
        return backfillsPage(this.operations, parent, this.settings.backfillStatus, page, call);
      case 'group':
        return dataViewsPage(this.operations, parent, page, call);
      default:
        return { items: [], nextCursors: [], order: 'service', follow: false };
    }
  }

  read(resource: Resource, call: CallOptions, onBeginning?: CallOptions['onFirstChunk']): Promise<string> {
    return readText(this.operations, resource, this.settings.locale, call, onBeginning);
  }

  async findConnectionsByDataset(
    account: Resource,
    datasetId: string,
    call: CallOptions,
  ): Promise<readonly Resource[]> {
    const found = await connectionsByDataset(this.operations, account, this.settings, datasetId, 0, call);
    return found.map(({ resource }) => resource);
  }

  findById(account: Resource, id: string, call: CallOptions): Promise<readonly Resource[]> {
    return locate(this.operations, account, this.settings, id, call);
  }

  async glossaryTerms(glossaryId: string, call: CallOptions): Promise<readonly GlossaryTerm[]> {
    if (glossaryId === 'dataSourceTypes') return dataSourceTypes(this.operations, this.settings.locale, call);
    throw new HttpError('rejected', l10n.t('Adobe CJA has no list named {0}.', glossaryId));
  }

  properties(resource: Resource): readonly Property[] {
    return toProperties(resource);
  }

  webLink(resource: Resource): string | undefined {
    return webLink(resource, this.settings);
  }

  requestTemplate(resource: Resource): RequestTemplate | undefined {
    return recipe(resource, this.settings);
  }

  shortId(resource: Resource): string | undefined {
    return shortId(resource);
  }

  dispose(): void {
    this.http.dispose();
  }
}
