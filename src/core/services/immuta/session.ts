import type { HttpClientFactory, HttpClient, CallOptions } from '../../http/types';
import type { Session } from '../contract/service';
import type { RequestTemplate, Property } from '../contract/properties';
import type { Actions } from '../contract/action';
import type { Secrets, Account, Identity } from '../contract/signIn';
import type { Page, PageRequest } from '../contract/page';
import type { Resource } from '../contract/resource';
import type { TokenSource } from '../common/tokens';
import { readError } from './client/errors';
import { Operations } from './client/operations';
import { readProof, readSettings, type ImmutaSettings } from './signIn/settings';
import { origins } from './signIn/signIn';
import { tokenSource } from './client/token';
import { Transport } from './client/transport';
import { ImmutaActions } from './actions/actions';
import { connectionsPage } from './levels/connections';
import { ImmutaRuns } from './levels/currentRuns';
import { childrenPage, rootsPage } from './levels/dataObjects';
import { toProperties } from './details/properties';
import { recipe, webLink } from './details/links';
import { immutaPortrait } from './details/detailViews';
import { readText } from './levels/read';
import { runsPage, tasksPage } from './levels/tasks';
import { verifyAccount } from './verify';

/**
 * Opens a session. Makes no request. Immuta documents no rate limit.
 * @throws HttpError kind `rejected` where settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: origins(account.settings),
    secrets: () => tokens.secrets(),
    parseError: (response) => readError(response, 'token' in proof),
  });
  const tokens: TokenSource = tokenSource(settings, proof, http);
  return new ImmutaSession(settings, new Operations(new Transport(settings.endpoint, tokens, http)), http);
}

/** A signed-in account of Immuta. Each level of the tree has a file of its own; this says which is whose. */
export class ImmutaSession implements Session {
  readonly actions: Actions;
  readonly detailViews = immutaPortrait;
  readonly runs: ImmutaRuns;

  constructor(
    private readonly settings: ImmutaSettings,
    private readonly operations: Operations,
    private readonly http: HttpClient,
  ) {
    this.actions = new ImmutaActions(operations);
    this.runs = new ImmutaRuns(operations, settings);
  }

  verify(call: CallOptions): Promise<Identity> {
    return verifyAccount(this.operations, this.settings.endpoint, call);
  }

  async children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page> {
    switch (parent.kind) {
      case 'account':
        return connectionsPage(this.operations, parent, page, call);
      case 'connection':
        return rootsPage(this.operations, parent, page, call);
      case 'dataObject':
        return childrenPage(this.operations, parent, page, call);
      case 'group':
        return tasksPage(this.operations, parent, this.settings, page, call);
      case 'task':
        return runsPage(this.operations, parent, this.settings, page, call);
      default:
        return { items: [], nextCursors: [], order: 'service', follow: false };
    }
  }

  read(resource: Resource, call: CallOptions, onBeginning?: CallOptions['onFirstChunk']): Promise<string> {
    return readText(this.operations, resource, call, onBeginning);
  }

  properties(resource: Resource): readonly Property[] {
    return toProperties(resource);
  }

  webLink(resource: Resource): string | undefined {
    return webLink(resource, this.settings.endpoint);
  }

  requestTemplate(resource: Resource): RequestTemplate | undefined {
    return recipe(resource, this.settings.endpoint);
  }

  dispose(): void {
    this.http.dispose();
  }
}
