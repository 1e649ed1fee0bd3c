import type { HttpClientFactory, HttpClient, CallOptions } from '../../http/types';
import type { Session } from '../contract/service';
import type { RequestTemplate, GlossaryTerm, Property } from '../contract/properties';
import type { Choice, Secrets, Account, Identity } from '../contract/signIn';
import type { Page, PageRequest } from '../contract/page';
import type { Resource } from '../contract/resource';
import { readError } from './client/errors';
import { Operations } from './client/operations';
import { readKey, readSettings, type KrenalisSettings } from './signIn/settings';
import { origins } from './signIn/signIn';
import { Transport } from './client/transport';
import * as l10n from '@vscode/l10n';
import { HttpError } from '../../http/errors';
import { KrenalisActions } from './actions/actions';
import { ConnectorCache, connectorTerms } from './client/connectors';
import { connectionsPage, pipelinesPage } from './levels/connections';
import { KrenalisRuns } from './levels/currentRuns';
import { toProperties } from './details/properties';
import { identitiesPage } from './levels/identities';
import { recipe, webLink } from './details/links';
import { OAuth } from './actions/oauth';
import { krenalisPortrait } from './details/detailViews';
import { readText } from './levels/read';
import { runsPage } from './levels/runs';
import { verifyAccount, workspaceChoices } from './verify';

/**
 * Opens a session. Makes no request.
 * @throws HttpError kind `rejected` where settings or secrets are unusable.
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
  return new KrenalisSession(settings, new Operations(transport), http);
}

/** A signed-in account of Krenalis. Each level of the tree has a file of its own; this says which is whose. */
export class KrenalisSession implements Session {
  readonly #catalogue: ConnectorCache;
  readonly actions: KrenalisActions;
  readonly detailViews = krenalisPortrait;
  readonly runs: KrenalisRuns;

  constructor(
    private readonly settings: KrenalisSettings,
    private readonly operations: Operations,
    private readonly http: HttpClient,
  ) {
    this.#catalogue = new ConnectorCache(operations);
    this.actions = new KrenalisActions(operations, this.#catalogue, new OAuth(operations));
    this.runs = new KrenalisRuns(operations, this.#catalogue);
  }

  verify(call: CallOptions): Promise<Identity> {
    return verifyAccount(this.operations, this.settings.workspace, call);
  }

  choices(fieldKey: string, call: CallOptions): Promise<readonly Choice[]> {
    return fieldKey === 'workspace' ? workspaceChoices(this.operations, call) : Promise.resolve([]);
  }

  async children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page> {
    switch (parent.kind) {
      case 'account': {
        const connections = await connectionsPage(this.operations, parent, call);
        this.#catalogue.remember(connections.items.map(({ resource }) => resource));
        return connections;
      }
      case 'connection': {
        const pipelines = await pipelinesPage(this.operations, parent, call);
        if (pipelines.parent) this.#catalogue.update(pipelines.parent);
        return pipelines;
      }
      case 'pipeline':
        return runsPage(this.operations, this.#catalogue, parent, page, call);
      case 'group':
        return identitiesPage(this.operations, parent, page, call);
      default:
        return { items: [], nextCursors: [], order: 'service', follow: false };
    }
  }

  read(resource: Resource, call: CallOptions, onBeginning?: CallOptions['onFirstChunk']): Promise<string> {
    return readText(this.operations, resource, call, onBeginning);
  }

  async glossaryTerms(glossaryId: string, call: CallOptions): Promise<readonly GlossaryTerm[]> {
    if (glossaryId === 'connectors') return connectorTerms(await this.#catalogue.connectors(call));
    throw new HttpError('rejected', l10n.t('Krenalis has no list named {0}.', glossaryId));
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

  dispose(): void {
    this.http.dispose();
  }
}
