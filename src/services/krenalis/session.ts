import * as l10n from '@vscode/l10n';
import type { CallOptions, HttpClient } from '../../http/client';
import { HttpError } from '../../http/errors';
import type {
  Choice,
  Fact,
  Identity,
  Page,
  PageRequest,
  RequestRecipe,
  Resource,
  Session,
  Term,
} from '../service';
import { KrenalisActions } from './actions/actions';
import { Catalogue } from './catalogue';
import { connectionsPage, pipelinesPage } from './connections';
import { connectorTerms } from './connectors';
import { KrenalisRuns } from './currentRuns';
import { factsOf } from './facts';
import { identitiesPage } from './identities';
import { recipe, webLink } from './links';
import { OAuth } from './oauth';
import type { Operations } from './operations';
import { krenalisPortrait } from './portrait';
import { readText } from './read';
import { runsPage } from './runs';
import type { KrenalisSettings } from './settings';
import { verifyAccount, workspaceChoices } from './verify';

/** A signed-in account of Krenalis. Each level of the tree has a file of its own; this says which is whose. */
export class KrenalisSession implements Session {
  readonly #settings: KrenalisSettings;
  readonly #operations: Operations;
  readonly #http: HttpClient;
  readonly #catalogue: Catalogue;
  readonly actions: KrenalisActions;
  readonly portrait = krenalisPortrait;
  readonly runs: KrenalisRuns;

  constructor(settings: KrenalisSettings, operations: Operations, http: HttpClient) {
    this.#settings = settings;
    this.#operations = operations;
    this.#http = http;
    this.#catalogue = new Catalogue(operations);
    this.actions = new KrenalisActions(operations, this.#catalogue, new OAuth(operations));
    this.runs = new KrenalisRuns(operations, this.#catalogue);
  }

  verify(call: CallOptions): Promise<Identity> {
    return verifyAccount(this.#operations, this.#settings.workspace, call);
  }

  choices(fieldKey: string, call: CallOptions): Promise<readonly Choice[]> {
    return fieldKey === 'workspace' ? workspaceChoices(this.#operations, call) : Promise.resolve([]);
  }

  async children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page> {
    switch (parent.kind) {
      case 'account': {
        const connections = await connectionsPage(this.#operations, parent, call);
        this.#catalogue.remember(connections.items.map(({ resource }) => resource));
        return connections;
      }
      case 'connection': {
        const pipelines = await pipelinesPage(this.#operations, parent, call);
        if (pipelines.parent) this.#catalogue.update(pipelines.parent);
        return pipelines;
      }
      case 'pipeline':
        return runsPage(this.#operations, this.#catalogue, parent, page, call);
      case 'group':
        return identitiesPage(this.#operations, parent, page, call);
      default:
        return { items: [], next: [], order: 'service', follow: false };
    }
  }

  read(resource: Resource, call: CallOptions, onBeginning?: CallOptions['onBeginning']): Promise<string> {
    return readText(this.#operations, resource, call, onBeginning);
  }

  async terms(glossaryId: string, call: CallOptions): Promise<readonly Term[]> {
    if (glossaryId === 'connectors') return connectorTerms(await this.#catalogue.connectors(call));
    throw new HttpError('rejected', l10n.t('Krenalis has no list named {0}.', glossaryId));
  }

  facts(resource: Resource): readonly Fact[] {
    return factsOf(resource);
  }

  webLink(resource: Resource): string | undefined {
    return webLink(resource, this.#settings);
  }

  recipe(resource: Resource): RequestRecipe | undefined {
    return recipe(resource, this.#settings);
  }

  dispose(): void {
    this.#http.dispose();
  }
}
