import type { HttpClientFactory, HttpClient, CallOptions } from '../../http/types';
import type { Session } from '../contract/service';
import type { RequestTemplate, Property } from '../contract/properties';
import type { Actions } from '../contract/action';
import type { Secrets, Account, Identity } from '../contract/signIn';
import type { Page, PageRequest } from '../contract/page';
import type { Resource } from '../contract/resource';
import { readError } from './client/errors';
import { readProof, readSettings, type DatadogSettings, type Proof } from './signIn/settings';
import { origins } from './signIn/signIn';
import { DatadogActions } from './actions/actions';
import { attributesPage } from './levels/attributes';
import { connectionsPage, entitiesPage, fieldsPage } from './levels/connections';
import { toProperties } from './details/properties';
import { recipe, webLink } from './details/links';
import { Operations } from './client/operations';
import { datadogPortrait } from './details/detailViews';
import { readText } from './levels/read';
import { proveAccount, verifyAccount } from './verify';

/**
 * Opens a session. Makes no request. No rate limit is published for these operations: what is refused with 429 is waited for, see `http/retry.ts`.
 * @throws HttpError kind `rejected` where settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: origins(account.settings),
    secrets: () => Object.values(proof),
    parseError: (response) =>
      readError(response, { withKeys: 'apiKey' in proof, hasSite: settings.site !== undefined }),
  });
  return new DatadogSession(settings, proof, http);
}

/** A signed-in account of Datadog. Each level of the tree has a file of its own; this says which is whose. */
export class DatadogSession implements Session {
  readonly #withKeys: boolean;
  readonly #operations: Operations;
  readonly actions: Actions;
  readonly detailViews = datadogPortrait;

  constructor(
    private readonly settings: DatadogSettings,
    proof: Proof,
    private readonly http: HttpClient,
  ) {
    this.#withKeys = 'apiKey' in proof;
    this.#operations = new Operations(settings.endpoint, proof, http);
    this.actions = new DatadogActions(this.#operations);
  }

  verify(call: CallOptions): Promise<Identity> {
    return verifyAccount(this.#operations, this.settings, this.#withKeys, call);
  }

  async children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page> {
    switch (parent.kind) {
      case 'account':
        if (page.bypassCache) await proveAccount(this.#operations, this.settings, this.#withKeys, call);
        return entitiesPage(parent, this.settings.entities);
      case 'entity':
        return connectionsPage(this.#operations, parent, call);
      case 'connection':
        return fieldsPage(this.#operations, parent, page, call);
      case 'group':
        return attributesPage(this.#operations, parent, call);
      default:
        return { items: [], nextCursors: [], order: 'service', follow: false };
    }
  }

  read(resource: Resource, call: CallOptions, onBeginning?: CallOptions['onFirstChunk']): Promise<string> {
    return readText(this.#operations, resource, call, onBeginning);
  }

  properties(resource: Resource): readonly Property[] {
    return toProperties(resource);
  }

  webLink(resource: Resource): string | undefined {
    return webLink(resource, this.settings);
  }

  requestTemplate(resource: Resource): RequestTemplate {
    return recipe(resource, this.settings, this.#withKeys);
  }

  dispose(): void {
    this.http.dispose();
  }
}
