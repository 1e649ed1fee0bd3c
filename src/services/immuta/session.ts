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
import { ImmutaActions } from './actions/actions';
import { connectionsPage } from './connections';
import { ImmutaRuns } from './currentRuns';
import { childrenPage, rootsPage } from './dataObjects';
import { factsOf } from './facts';
import { recipe, webLink } from './links';
import type { Operations } from './operations';
import { immutaPortrait } from './portrait';
import { readText } from './read';
import type { ImmutaSettings } from './settings';
import { runsPage, tasksPage } from './tasks';
import { verifyAccount } from './verify';

/** A signed-in account of Immuta. Each level of the tree has a file of its own; this says which is whose. */
export class ImmutaSession implements Session {
  readonly actions: Actions;
  readonly portrait = immutaPortrait;
  readonly runs: ImmutaRuns;
  readonly #settings: ImmutaSettings;
  readonly #operations: Operations;
  readonly #http: HttpClient;

  constructor(settings: ImmutaSettings, operations: Operations, http: HttpClient) {
    this.#settings = settings;
    this.#operations = operations;
    this.actions = new ImmutaActions(operations);
    this.runs = new ImmutaRuns(operations, settings);
    this.#http = http;
  }

  verify(call: CallOptions): Promise<Identity> {
    return verifyAccount(this.#operations, this.#settings.endpoint, call);
  }

  async children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page> {
    switch (parent.kind) {
      case 'account':
        return connectionsPage(this.#operations, parent, page, call);
      case 'connection':
        return rootsPage(this.#operations, parent, page, call);
      case 'dataObject':
        return childrenPage(this.#operations, parent, page, call);
      case 'group':
        return tasksPage(this.#operations, parent, this.#settings, page, call);
      case 'task':
        return runsPage(this.#operations, parent, this.#settings, page, call);
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
    return webLink(resource, this.#settings.endpoint);
  }

  recipe(resource: Resource): RequestRecipe | undefined {
    return recipe(resource, this.#settings.endpoint);
  }

  dispose(): void {
    this.#http.dispose();
  }
}
