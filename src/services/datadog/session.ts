import type { CallOptions, HttpClient } from '../../http/client';
import type {
  Actions,
  Fact,
  Identity,
  Page,
  PageRequest,
  RequestRecipe,
  Resource,
  Session,
} from '../service';
import { DatadogActions } from './actions';
import { attributesPage } from './attributes';
import { connectionsPage, entitiesPage, fieldsPage } from './connections';
import { factsOf } from './facts';
import { recipe, webLink } from './links';
import { Operations } from './operations';
import { datadogPortrait } from './portrait';
import { readText } from './read';
import type { DatadogSettings, Proof } from './settings';
import { proveAccount, verifyAccount } from './verify';

/** A signed-in account of Datadog. Each level of the tree has a file of its own; this says which is whose. */
export class DatadogSession implements Session {
  readonly #settings: DatadogSettings;
  readonly #withKeys: boolean;
  readonly #operations: Operations;
  readonly #http: HttpClient;
  readonly actions: Actions;
  readonly portrait = datadogPortrait;

  constructor(settings: DatadogSettings, proof: Proof, http: HttpClient) {
    this.#settings = settings;
    this.#withKeys = 'apiKey' in proof;
    this.#operations = new Operations(settings.endpoint, proof, http);
    this.#http = http;
    this.actions = new DatadogActions(this.#operations);
  }

  verify(call: CallOptions): Promise<Identity> {
    return verifyAccount(this.#operations, this.#settings, this.#withKeys, call);
  }

  async children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page> {
    switch (parent.kind) {
      case 'account':
        if (page.fresh) await proveAccount(this.#operations, this.#settings, this.#withKeys, call);
        return entitiesPage(parent, this.#settings.entities);
      case 'entity':
        return connectionsPage(this.#operations, parent, call);
      case 'connection':
        return fieldsPage(this.#operations, parent, page, call);
      case 'group':
        return attributesPage(this.#operations, parent, call);
      default:
        return { items: [], next: [], order: 'service', follow: false };
    }
  }

  read(resource: Resource, call: CallOptions, onBeginning?: CallOptions['onBeginning']): Promise<string> {
    return readText(this.#operations, resource, call, onBeginning);
  }

  facts(resource: Resource): readonly Fact[] {
    return factsOf(resource);
  }

  webLink(resource: Resource): string | undefined {
    return webLink(resource, this.#settings);
  }

  recipe(resource: Resource): RequestRecipe {
    return recipe(resource, this.#settings, this.#withKeys);
  }

  dispose(): void {
    this.#http.dispose();
  }
}
